import MariaDBClient

/// The named lock of one server, which it lets go when the connection ends.
///
/// Source: the MySQL manual's "Locking Functions".
struct ServerLock: Sendable {
  /// At most 64 characters, whatever the database is called. (MySQL 9.6 took SHA1() away.)
  private static let name = "CONCAT('celery:', SHA2(DATABASE(), 224))"

  private let connection: MariaDBConnection

  init(_ connection: MariaDBConnection) {
    self.connection = connection
  }

  /// Takes the lock, or waits until its holder lets go.
  func take(_ wait: LockWait) async throws {
    var wait = wait
    try await connection.run { handle in try Self.requireDatabase(handle) }
    while !(try await connection.run { handle in try Self.tryToTake(handle) }) {
      let holder = try await connection.run { handle in try Self.holder(handle) }
      try wait.check(holder)
      wait.tell(waitingFor: holder)
    }
  }

  /// Lets the lock go, if it is held: also when the task was cancelled.
  func release() async {
    await Task {
      _ = try? await connection.query("SELECT RELEASE_LOCK(\(unescaped: Self.name))")
    }.value
  }

  private static func requireDatabase(_ handle: ConnectionHandle) throws {
    guard try handle.query("SELECT DATABASE() IS NOT NULL").rows[0].decode(Bool.self, at: 0) else {
      throw MigrationError(
        .noDatabase,
        "No database is named: put it at the end of the URL, mysql://…/celery."
      )
    }
  }

  /// Waits for a second at most, so that the user can be told of it.
  ///
  /// The number is positive and the answer must be 1: MariaDB answers NULL to a negative one, and no lock is
  /// held.
  private static func tryToTake(_ handle: ConnectionHandle) throws -> Bool {
    try handle.query("SELECT GET_LOCK(\(unescaped: name), 1)").rows[0].decode(Int?.self, at: 0) == 1
  }

  private static func holder(_ handle: ConnectionHandle) throws -> LockHolder? {
    let used = try handle.query("SELECT IS_USED_LOCK(\(unescaped: name))").rows[0]
    guard let id = try used.decode(UInt64?.self, at: 0) else { return nil }
    var holder = LockHolder(connectionID: id)
    // Without the right PROCESS the server shows only the connections of the same user.
    let row = try handle.query(
      """
      SELECT CONCAT(user, '@', host), command = 'Sleep', CAST(time AS SIGNED)
      FROM information_schema.processlist WHERE id = \(id)
      """
    ).rows.first
    guard let (client, isIdle, seconds) = try row?.decode(String.self, Bool.self, Int?.self) else {
      return holder
    }
    holder.client = client
    holder.activity = (isIdle ? "idle for " : "running a statement for ") + "\(seconds ?? 0) s"
    return holder
  }
}
