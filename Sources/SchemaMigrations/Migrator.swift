public import Logging
public import MariaDBClient
public import ResultSchema

/// Makes the tables of django-celery-results in a fresh database, as Django's `migrate` would, and notes it in
/// Django's ledger.
///
/// Running it again is safe: what is there already is left as it is, and a run that was interrupted is finished.
public struct Migrator: Sendable {
  /// What the tables are to be like, and how to speak of it.
  public struct Options: Sendable {
    /// The length of task_id, task_name and group_id.
    public var taskIDMaxLength: TaskIDMaxLength
    /// The storage engine.
    ///
    /// Nil: the server's default.
    public var engine: StorageEngine?
    /// The row format.
    ///
    /// Nil: the server's default.
    public var rowFormat: RowFormat?
    /// How long to wait while another migration is at work.
    public var lockTimeout: Duration
    /// The command that the user typed, without engine, row format and length: remedies begin with it.
    public var command: String

    /// Makes options.
    public init(
      taskIDMaxLength: TaskIDMaxLength = .standard,
      engine: StorageEngine? = nil,
      rowFormat: RowFormat? = nil,
      lockTimeout: Duration = .seconds(60),
      command: String = "celery-results migrate"
    ) {
      self.taskIDMaxLength = taskIDMaxLength
      self.engine = engine
      self.rowFormat = rowFormat
      self.lockTimeout = lockTimeout
      self.command = command
    }
  }

  let connection: MariaDBConnection.Configuration
  let options: Options
  let logger: Logger
  /// False only where a test must see what a server does that was not asked beforehand.
  package var asksBeforehand = true

  /// Makes a migrator.
  ///
  /// - Parameters:
  ///   - connection: The server, the user and the database. A migration has a connection of its own.
  ///   - options: What the tables are to be like.
  ///   - logger: Gets each step, at the level `debug`.
  public init(
    connection: MariaDBConnection.Configuration,
    options: Options = Options(),
    logger: Logger = Logger(label: "Migrator")
  ) {
    self.connection = connection
    self.options = options
    self.logger = logger
  }

  /// Makes what is missing.
  ///
  /// - Parameter progress: Is told of each step when it is done.
  /// - Returns: What was there and what was made.
  /// - Throws: ``MigrationError``, with no table left behind that was not there before; `MariaDBError` and
  ///   `CancellationError`, after which the next run goes on where this one ended.
  public func migrate(
    progress: @escaping @Sendable (MigrationStep) -> Void = { _ in }
  ) async throws -> MigrationReport {
    var configuration = connection
    // A big ALTER is slow by nature.
    configuration.readTimeout = nil
    configuration.queryTimeout = nil
    let connection = try await MariaDBConnection.connect(configuration)
    do {
      let lockOptions = MigrationLock.Options(timeout: options.lockTimeout)
      let report = try await MigrationLock.with(connection, lockOptions) { _ in
        try await connection.run { handle in try migrate(handle, progress) }
      }
      await connection.close()
      return report
    } catch {
      await connection.close()
      throw error
    }
  }

  private func migrate(
    _ handle: ConnectionHandle,
    _ progress: (MigrationStep) -> Void
  ) throws -> MigrationReport {
    let found = try DatabaseState(handle)
    let facts = try ServerFacts(handle)
    // A run that is finished goes on with the length that its first table has.
    let length = found.taskIDLength.map { TaskIDMaxLength.length($0) } ?? options.taskIDMaxLength
    let schema = length.schema(
      for: facts,
      engine: options.engine,
      rowFormat: options.rowFormat
    )
    var report = MigrationReport(
      state: found,
      schema: schema,
      statedLength: options.taskIDMaxLength.statedLength
    )
    guard found.level.state != .current else { return report }
    guard found.canBeFinished else { throw MigrationError.otherLevel(found.level) }
    if asksBeforehand, !schema.fits {
      throw MigrationError.doesNotFit(schema, options)
    }
    for table in schema.tables where !found.tables.contains(table.name) {
      try make(table, of: schema, handle, after: report.tablesMade)
      report.tablesMade.append(table.name)
      progress(.madeTable(table.name))
    }
    report.ledgerRowsWritten = try MigrationLedger(handle).add(CeleryMigration.allCases)
    progress(.wroteLedger(report.ledgerRowsWritten))
    return report
  }

  private func make(
    _ table: Table,
    of schema: CelerySchema,
    _ handle: ConnectionHandle,
    after made: [String]
  ) throws {
    logger.debug("making a table", metadata: ["table": "\(table.name)"])
    var made = made
    do {
      let sql = SchemaGenerator(engine: schema.engine, rowFormat: schema.rowFormat).createTable(table)
      try handle.query(text: sql)
      made.append(table.name)
      let warnings = try handle.warnings()
      // A server may cut an index to a prefix, or make a UNIQUE one a hash, without an error.
      let differences = table.indexDifferences(from: try FoundIndex.all(of: table.name, handle))
      guard differences.isEmpty else { throw UnexpectedIndexes(differences: differences, warnings: warnings) }
    } catch {
      guard let explained = MigrationError.unforeseen(error, table, schema, options) else { throw error }
      throw explained.adding(takeBack(made, handle))
    }
  }

  /// Drops the tables that this run has made, those into which nobody has stored anything meanwhile.
  ///
  /// - Returns: What became of them, in a sentence.
  private func takeBack(_ made: [String], _ handle: ConnectionHandle) -> String {
    let left = made.reversed().filter { name in
      let table = SQLStatement.quoted(identifier: name)
      guard let rows = try? handle.query(text: "SELECT 1 FROM \(table) LIMIT 1").rows, rows.isEmpty,
        (try? handle.query(text: "DROP TABLE \(table)")) != nil
      else { return true }
      return false
    }
    return left.isEmpty
      ? "No table was left behind."
      : "These tables were made and are still there: \(left.joined(separator: ", "))."
  }
}
