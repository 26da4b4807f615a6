internal import CMariaDB

extension ConnectionHandle {
  /// Runs a statement through the binary protocol and reads all its rows.
  ///
  /// The prepared statement is kept for the next time.
  ///
  /// - Parameter statement: The text and its parameters.
  /// - Returns: The rows, or how many rows were changed.
  /// - Throws: ``MariaDBError``; `CancellationError` when the task was cancelled.
  @discardableResult
  public func query(_ statement: SQLStatement) throws -> QueryResult {
    try query(statement.sql) { parameters in
      for value in statement.parameters { parameters.append(value) }
    }
  }

  /// Runs a statement whose parameters are written straight into the memory that libmariadb reads.
  ///
  /// - Parameters:
  ///   - sql: The text, with a `?` for every parameter.
  ///   - write: Writes the parameters, in the order of their places.
  /// - Returns: The rows, or how many rows were changed.
  /// - Throws: ``MariaDBError``; `CancellationError` when the task was cancelled.
  @discardableResult
  package func query(_ sql: String, parameters write: (inout ParameterBinding) -> Void) throws -> QueryResult
  {
    try checkUsable()
    write(&parameters)
    defer { parameters.removeAll() }
    return try execute(sql) { statement throws(MariaDBError) in try statement.execute(parameters) }
  }

  /// Whether the server executes a statement for many rows of parameters at once, as MariaDB does and MySQL does
  /// not.
  package var executesManyRows: Bool { !isBroken && !refusesManyRows && CMariaDB_supports_bulk(mysql) != 0 }

  /// Runs a statement that changes rows once for each of many rows of parameters, as one statement.
  ///
  /// A server that keeps its binary log in statements refuses it; then ``executesManyRows`` is false from there on.
  ///
  /// Where rows get a new AUTO_INCREMENT value the server reserves 1, 2, 4, 8, … of them, and some of the last may be
  /// left over.
  ///
  /// - Parameters:
  ///   - sql: The text, with a `?` for every parameter of a row.
  ///   - rowCount: How many rows there are, at least one.
  ///   - write: Writes the parameters of the row with this number, in the order of their places.
  /// - Returns: How many rows were changed.
  /// - Throws: ``MariaDBError``; `CancellationError` when the task was cancelled.
  @discardableResult
  package func query(
    _ sql: String,
    rowCount: Int,
    parameters write: (Int, inout ParameterBinding) -> Void
  ) throws -> QueryResult {
    try checkUsable()
    defer { parameters.removeAll() }
    do throws(MariaDBError) {
      return try execute(sql) { statement throws(MariaDBError) in
        parameters.removeAll()
        return try statement.execute(rowCount: rowCount, &parameters, write)
      }
    } catch {
      if error.errno == Self.needsRowLog { refusesManyRows = true }
      throw error
    }
  }

  private func execute(
    _ sql: String,
    _ run: (PreparedStatement) throws(MariaDBError) -> QueryResult
  ) throws(MariaDBError) -> QueryResult {
    do throws(MariaDBError) {
      return try executeOnce(sql, run)
    } catch {
      guard canRunAgain(sql, after: error) else { throw error }
      statements.remove(sql)
      return try executeOnce(sql, run)
    }
  }

  /// Whether the error only means that something under the prepared statement has changed.
  ///
  /// With new metadata it has run, so only what reads may run again.
  private func canRunAgain(_ sql: String, after error: MariaDBError) -> Bool {
    error.errno == Self.needsReprepare
      || error.errno == Self.newMetadata && sql.prefix(6).lowercased() == "select"
  }

  /// Runs a statement that has no parameters through the text protocol, for the few that cannot be prepared
  /// (`LOCK TABLES`, `USE`) and for those that are not worth it (DDL).
  ///
  /// Values of its rows are text, bytes, integers or `NULL`.
  ///
  /// Source: the MySQL manual's "mysql_real_query()".
  ///
  /// - Parameter sql: The text. Nothing is escaped: never put data into it.
  /// - Returns: The rows, or how many rows were changed.
  /// - Throws: ``MariaDBError``; `CancellationError` when the task was cancelled.
  @discardableResult
  public func query(text sql: String) throws -> QueryResult {
    try checkUsable()
    if SessionEffect(sql: sql) == .changesSession { sessionChanged = true }
    return try send(sql)
  }

  /// What the server has to say of the statement before: `SHOW WARNINGS`.
  ///
  /// - Returns: At most `max_error_count` warnings, notes and errors; empty when there is nothing.
  /// - Throws: ``MariaDBError``.
  public func warnings() throws -> [ServerWarning] {
    try query(text: "SHOW WARNINGS").rows.map { row throws(MariaDBError) in
      let (level, code, message) = try row.decode(String.self, Int.self, String.self)
      return ServerWarning(level: level, code: code, message: message)
    }
  }

  private static let needsReprepare: UInt32 = 1615
  private static let newMetadata: UInt32 = 2057
  /// "Only row based replication supported for bulk operations".
  private static let needsRowLog: UInt32 = 4033

  private func executeOnce(
    _ sql: String,
    _ run: (PreparedStatement) throws(MariaDBError) -> QueryResult
  ) throws(MariaDBError) -> QueryResult {
    let start = ContinuousClock.now
    do {
      let prepared: PreparedStatement
      if let kept = statements.statement(for: sql) {
        prepared = kept
      } else {
        prepared = try PreparedStatement(sql, on: mysql)
        statements.insert(prepared)
      }
      if prepared.effect == .changesSession { sessionChanged = true }
      return try run(prepared)
    } catch {
      throw noting(error, since: start)
    }
  }

  /// Sends text without asking whether the unit of work is to stop: also used to end it.
  @discardableResult
  func send(_ sql: String) throws(MariaDBError) -> QueryResult {
    let start = ContinuousClock.now
    do {
      return try exchange(sql)
    } catch {
      throw noting(error, since: start)
    }
  }

  private func exchange(_ sql: String) throws(MariaDBError) -> QueryResult {
    var text = sql
    let failed = text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { mysql_real_query(mysql, $0.baseAddress, UInt($0.count)) }
    }
    guard failed == 0 else { throw MariaDBError(connection: mysql) }
    var output = try readTextResult()
    // A CALL has further results; the last one tells how many rows were changed.
    while mysql_more_results(mysql) != 0 {
      guard mysql_next_result(mysql) == 0 else { throw MariaDBError(connection: mysql) }
      let next = try readTextResult()
      if output.rows.isEmpty { output = next }
    }
    return output
  }

  private func readTextResult() throws(MariaDBError) -> QueryResult {
    var output = QueryResult()
    guard let result = mysql_store_result(mysql) else {
      // No result set is right for an UPDATE, and is an error for a SELECT: a KILL QUERY shows here.
      guard mysql_errno(mysql) == 0 else { throw MariaDBError(connection: mysql) }
      output.affectedRows = mysql_affected_rows(mysql)
      output.lastInsertID = mysql_insert_id(mysql)
      output.warningCount = Int(mysql_warning_count(mysql))
      return output
    }
    defer { mysql_free_result(result) }
    let fields = UnsafeBufferPointer(start: mysql_fetch_fields(result), count: Int(mysql_num_fields(result)))
    let columns = fields.map(ColumnMetadata.init)
    while let row = mysql_fetch_row(result), let lengths = mysql_fetch_lengths(result) {
      output.rows.append(
        MariaDBRow(
          columns: columns,
          values: columns.indices.map { index in
            guard let field = row[index] else { return .null }
            let bytes = UnsafeRawBufferPointer(start: field, count: Int(lengths[index]))
            return MariaDBValue(text: bytes, of: columns[index])
          }
        )
      )
    }
    output.warningCount = Int(mysql_warning_count(mysql))
    return output
  }
}

extension MariaDBValue {
  /// The value of a column that the text protocol sent: integers are read, all else stays text.
  init(text bytes: UnsafeRawBufferPointer, of column: ColumnMetadata) {
    switch column.type {
    case MYSQL_TYPE_TINY, MYSQL_TYPE_SHORT, MYSQL_TYPE_INT24, MYSQL_TYPE_LONG, MYSQL_TYPE_LONGLONG,
      MYSQL_TYPE_YEAR:
      let digits = String(decoding: bytes, as: UTF8.self)
      if column.isUnsigned, let value = UInt64(digits) {
        self = .uint(value)
      } else if let value = Int64(digits) {
        self = .int(value)
      } else {
        self = .string(digits)
      }
    case MYSQL_TYPE_FLOAT, MYSQL_TYPE_DOUBLE, MYSQL_TYPE_DATE, MYSQL_TYPE_DATETIME, MYSQL_TYPE_TIMESTAMP,
      MYSQL_TYPE_TIME:
      self = .string(String(decoding: bytes, as: UTF8.self))
    default:
      self.init(columnBytes: bytes, of: column)
    }
  }
}
