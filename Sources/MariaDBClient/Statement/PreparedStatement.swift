internal import CMariaDB

/// A statement that the server has prepared, with the memory for its rows.
///
/// Source: the MySQL manual's "C API Prepared Statement Interface".
final class PreparedStatement {
  let sql: String
  let effect: SessionEffect
  let statement: UnsafeMutablePointer<MYSQL_STMT>
  private let parameterCount: Int
  private var result: ResultBinding?

  /// Prepares a statement.
  ///
  /// - Throws: ``MariaDBError`` when the server refuses the text.
  init(_ sql: String, on mysql: UnsafeMutablePointer<MYSQL>) throws(MariaDBError) {
    guard let statement = mysql_stmt_init(mysql) else { throw MariaDBError(connection: mysql) }
    var text = sql
    let failed = text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { mysql_stmt_prepare(statement, $0.baseAddress, UInt($0.count)) }
    }
    guard failed == 0 else {
      let error = MariaDBError(statement: statement)
      mysql_stmt_close(statement)
      throw error
    }
    self.sql = sql
    self.effect = SessionEffect(sql: sql)
    self.statement = statement
    self.parameterCount = Int(mysql_stmt_param_count(statement))
  }

  deinit {
    mysql_stmt_close(statement)
  }

  /// Runs the statement and reads all its rows.
  ///
  /// - Throws: ``MariaDBError`` when the number of values is wrong or the server reports an error.
  func execute(_ parameters: borrowing ParameterBinding) throws(MariaDBError) -> QueryResult {
    try bind(parameters)
    let sentAhead = try sendLargeParameters(parameters)
    guard mysql_stmt_execute(statement) == 0 else {
      var error = MariaDBError(statement: statement)
      if sentAhead, error.errno == Self.unknownError { error.code = .packetTooLarge }
      throw error
    }
    return try readResult()
  }

  /// Tells libmariadb where the parameters are.
  func bind(_ parameters: borrowing ParameterBinding) throws(MariaDBError) {
    guard parameters.count == parameterCount else {
      throw MariaDBError(
        .invalidStatement,
        explanation: "the statement has \(parameterCount) places for parameters and got \(parameters.count)"
      )
    }
    guard parameterCount > 0 else { return }
    guard mysql_stmt_bind_param(statement, parameters.first) == 0 else {
      throw MariaDBError(statement: statement)
    }
  }

  /// Reads what the server has answered.
  func readResult() throws(MariaDBError) -> QueryResult {
    var output = QueryResult()
    // The rows that are left after an error must be read off the connection.
    defer {
      // Behind the last row libmariadb would keep the memory of all of them until the statement is used again.
      if holdsRows { mysql_stmt_data_seek(statement, 0) }
      mysql_stmt_free_result(statement)
      while mysql_stmt_more_results(statement) != 0, mysql_stmt_next_result(statement) == 0 {
        mysql_stmt_free_result(statement)
      }
    }
    if mysql_stmt_field_count(statement) > 0 {
      let binding = try binding()
      try binding.checkTypes()
      // Fetched row by row from the network an error would lose its number, and warnings would be missed.
      guard mysql_stmt_store_result(statement) == 0 else {
        let error = MariaDBError(statement: statement)
        // Else libmariadb would wait, in mysql_stmt_free_result, for rows that the server will not send.
        statement.pointee.state = MYSQL_STMT_FETCH_DONE
        throw error
      }
      output.rows = try binding.fetchRows(from: statement)
    } else {
      output.affectedRows = mysql_stmt_affected_rows(statement)
      output.lastInsertID = mysql_stmt_insert_id(statement)
    }
    output.warningCount = Int(mysql_warning_count(statement.pointee.mysql))
    return output
  }

  /// Whether libmariadb has memory for the rows of a result.
  var holdsRows: Bool { statement.pointee.result.data != nil }

  private static let largeBytes: UInt = 1 << 20
  /// What servers answer when a parameter that was sent ahead is larger than `max_allowed_packet`.
  private static let unknownError: UInt32 = 1105

  /// Sends large parameters in pieces before the statement: libmariadb would put all of them together first, in
  /// memory that it makes twice as large each time.
  ///
  /// Source: the MySQL manual's "mysql_stmt_send_long_data()".
  ///
  /// - Returns: Whether there were any.
  private func sendLargeParameters(_ parameters: borrowing ParameterBinding) throws(MariaDBError) -> Bool {
    var sent = false
    for index in 0..<parameters.count {
      guard let bind = parameters.first?[index], bind.buffer_length >= Self.largeBytes,
        let data = bind.buffer?.assumingMemoryBound(to: CChar.self)
      else { continue }
      sent = true
      for start in stride(from: 0, to: bind.buffer_length, by: UInt.Stride(Self.largeBytes)) {
        let count = min(Self.largeBytes, bind.buffer_length - start)
        guard mysql_stmt_send_long_data(statement, UInt32(index), data + Int(start), count) == 0 else {
          throw MariaDBError(statement: statement)
        }
      }
    }
    return sent
  }

  /// The memory for the rows, made anew when the columns have changed since the last time.
  private func binding() throws(MariaDBError) -> ResultBinding {
    guard let fields = mariadb_stmt_fetch_fields(statement) else { throw MariaDBError(statement: statement) }
    let described = UnsafeBufferPointer(start: fields, count: Int(mysql_stmt_field_count(statement)))
    if let result, result.columns.count == described.count,
      zip(result.columns, described).allSatisfy({ $0.describes($1) })
    {
      return result
    }
    let fresh = ResultBinding(columns: described.map(ColumnMetadata.init))
    result = fresh
    return fresh
  }
}
