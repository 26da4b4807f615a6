internal import CMariaDB

extension PreparedStatement {
  /// Runs the statement once for each of many rows of parameters, which go to the server together.
  ///
  /// libmariadb asks for one row at a time: the memory of the parameters is that of one, however many there are.
  ///
  /// Source: the MariaDB manual's "Bulk Insert (Column-wise Binding)" and `STMT_ATTR_CB_PARAM`.
  ///
  /// - Parameters:
  ///   - rowCount: How many rows there are, at least one.
  ///   - parameters: The memory for one row.
  ///   - write: Writes the parameters of the row with this number; of one type in all rows.
  /// - Throws: ``MariaDBError`` when the number of values or a type is wrong, or the server reports an error.
  func execute(
    rowCount: Int,
    _ parameters: inout ParameterBinding,
    _ write: (Int, inout ParameterBinding) -> Void
  ) throws(MariaDBError) -> QueryResult {
    // The types are those of the first row.
    write(0, &parameters)
    try bind(parameters)
    let failed = withoutActuallyEscaping(write) { write in
      withUnsafeMutablePointer(to: &parameters) { parameters in
        var rows = Rows(parameters: parameters, write: write)
        return withUnsafeMutablePointer(to: &rows) { execute(rowCount: rowCount, $0) }
      }
    }
    guard !failed else { throw MariaDBError(statement: statement) }
    return try readResult()
  }

  private func execute(rowCount: Int, _ rows: UnsafeMutablePointer<Rows>) -> Bool {
    var count = UInt32(rowCount)
    mysql_stmt_attr_set(statement, STMT_ATTR_ARRAY_SIZE, &count)
    mysql_stmt_attr_set(statement, STMT_ATTR_CB_USER_DATA, rows)
    mysql_stmt_attr_set(statement, STMT_ATTR_CB_PARAM, unsafeBitCast(Rows.write, to: UnsafeRawPointer.self))
    defer {
      var none: UInt32 = 0
      mysql_stmt_attr_set(statement, STMT_ATTR_ARRAY_SIZE, &none)
      mysql_stmt_attr_set(statement, STMT_ATTR_CB_PARAM, nil)
      mysql_stmt_attr_set(statement, STMT_ATTR_CB_USER_DATA, nil)
    }
    return mysql_stmt_execute(statement) != 0
  }

  /// What libmariadb's calls for rows get.
  private struct Rows {
    let parameters: UnsafeMutablePointer<ParameterBinding>
    let write: (Int, inout ParameterBinding) -> Void

    /// Puts one row in its place.
    static let write: ps_param_callback = { rows, places, number in
      guard let rows = rows?.assumingMemoryBound(to: Rows.self).pointee, let places else { return 1 }
      let count = rows.parameters.pointee.count
      rows.parameters.pointee.removeAll()
      rows.write(Int(number), &rows.parameters.pointee)
      guard rows.parameters.pointee.count == count else { return 1 }
      return rows.parameters.pointee.write(to: places) ? 0 : 1
    }
  }
}
