public import MariaDBClient
public import ResultSchema

/// Makes the table of Django's database cache, as `manage.py createcachetable` does.
public struct CacheTable: Sendable {
  let connection: MariaDBConnection.Configuration
  let name: String
  let keyLength: Int
  let rowFormat: RowFormat?
  let engine: StorageEngine?

  /// Describes the table.
  ///
  /// - Parameters:
  ///   - connection: The server, the user and the database.
  ///   - name: The table's name.
  ///   - keyLength: How many characters a key has at most.
  ///   - rowFormat: The row format to name, or nil to leave it to the server.
  ///   - engine: The engine to name, or nil to leave it to the server.
  public init(
    connection: MariaDBConnection.Configuration,
    name: String,
    keyLength: Int = DjangoCacheTable.keyLength,
    rowFormat: RowFormat? = nil,
    engine: StorageEngine? = nil
  ) {
    self.connection = connection
    self.name = name
    self.keyLength = keyLength
    self.rowFormat = rowFormat
    self.engine = engine
  }

  /// The statement that makes the table, without a final semicolon.
  public var sql: String {
    SchemaGenerator(engine: engine, rowFormat: rowFormat)
      .createTable(DjangoCacheTable.table(named: name, keyLength: keyLength))
  }

  /// Makes the table unless there is one of this name.
  ///
  /// - Returns: Whether it was made.
  /// - Throws: ``MigrationError`` with the code `doesNotFit`, before anything is made, when the server's indexes
  ///   are too short for the keys; `MariaDBError`; `CancellationError`.
  public func make() async throws -> Bool {
    try await with { handle in
      if try isThere(handle) { return false }
      try check(handle)
      do {
        try handle.query(text: sql)
      } catch let error as MariaDBError where error.errno == 1050 {
        return false  // Somebody else was faster.
      }
      return true
    }
  }

  /// Says whether the table fits, and makes nothing.
  ///
  /// - Throws: As ``make()``.
  public func check() async throws {
    try await with { try check($0) }
  }

  private func with<Result: Sendable>(
    _ body: @Sendable (ConnectionHandle) throws -> Result
  ) async throws -> Result {
    let connection = try await MariaDBConnection.connect(connection)
    do {
      let result = try await connection.run(body)
      await connection.close()
      return result
    } catch {
      await connection.close()
      throw error
    }
  }

  private func isThere(_ handle: ConnectionHandle) throws -> Bool {
    try !handle.query(
      "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = \(name)"
    ).rows.isEmpty
  }

  private func check(_ handle: ConnectionHandle) throws {
    let facts = try ServerFacts(handle)
    let rule = KeyLengthRule(facts: facts, engine: engine, rowFormat: rowFormat)
    let needed = keyLength * facts.bytesPerCharacter
    guard needed > rule.limitBytes else { return }
    let fitting = rule.largestLength(bytesPerCharacter: facts.bytesPerCharacter)
    var dynamic = rule
    (dynamic.engine, dynamic.rowFormat, dynamic.statesRowFormat) = (.innoDB, .dynamic, true)
    var remedies = ["--key-length \(fitting) makes shorter keys: longer ids are refused then"]
    if needed <= dynamic.limitBytes {
      let engine = rule.engine == .innoDB ? "" : "--engine InnoDB "
      remedies.insert("\(engine)--row-format dynamic loses nothing", at: 0)
    }
    throw MigrationError(
      .doesNotFit,
      """
      the cache table \(name) does not fit: keys of \(keyLength) characters need an index of \(needed) bytes, and \
      this server allows \(rule.limitBytes) (\(rule.engine.name), \(rule.rowFormat.rawValue)). What helps: \
      \(remedies.joined(separator: "; or ")).
      """
    )
  }
}
