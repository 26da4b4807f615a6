import MariaDBClient

/// Keeps two migrations of one database apart.
///
/// The server lets go of the lock when the connection ends, however it ends.
///
/// Source: the MySQL manual's "Locking Functions".
enum MigrationLock {
  /// The lock's name: at most 64 characters, whatever the database is called. (MySQL 9.6 took SHA1() away.)
  private static let name = "CONCAT('celery:', SHA2(DATABASE(), 224))"

  /// Runs a closure while holding the lock.
  ///
  /// - Throws: ``MigrationError`` with the code ``MigrationError/Code/locked``; what the closure throws.
  static func with<Result>(
    _ handle: ConnectionHandle,
    timeout: Duration,
    _ body: () throws -> Result
  ) throws -> Result {
    guard try handle.query("SELECT DATABASE() IS NOT NULL").rows[0].decode(Bool.self, at: 0) else {
      throw MigrationError(
        .noDatabase,
        "No database is named: put it at the end of the URL, mysql://…/celery."
      )
    }
    // A positive number only: MariaDB answers NULL to a negative one, and no lock is held.
    let seconds = max(1, Int(timeout.components.seconds))
    let answer = try handle.query("SELECT GET_LOCK(\(unescaped: name), \(seconds))").rows[0]
    guard try answer.decode(Int?.self, at: 0) == 1 else { throw try locked(handle, seconds) }
    defer { _ = try? handle.query("SELECT RELEASE_LOCK(\(unescaped: name))") }
    return try body()
  }

  private static func locked(_ handle: ConnectionHandle, _ seconds: Int) throws -> MigrationError {
    let holder = try handle.query("SELECT IS_USED_LOCK(\(unescaped: name))").rows[0].decode(Int?.self, at: 0)
    let who = holder.map { "connection \($0) (see SHOW PROCESSLIST)" } ?? "another connection"
    return MigrationError(
      .locked,
      "Another migration of this database, \(who), did not end within \(seconds) seconds."
    )
  }
}
