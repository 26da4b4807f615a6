internal import CMariaDB

extension MariaDBError {
  /// The error that the last call on a connection left.
  init(connection: UnsafeMutablePointer<MYSQL>) {
    self.init(
      errno: mysql_errno(connection),
      sqlState: String(cString: mysql_sqlstate(connection)),
      message: String(cString: mysql_error(connection))
    )
  }

  /// The error that the last call on a prepared statement left.
  init(statement: UnsafeMutablePointer<MYSQL_STMT>) {
    self.init(
      errno: mysql_stmt_errno(statement),
      sqlState: String(cString: mysql_stmt_sqlstate(statement)),
      message: String(cString: mysql_stmt_error(statement))
    )
  }
}
