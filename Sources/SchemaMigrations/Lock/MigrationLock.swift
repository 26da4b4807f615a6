package import MariaDBClient

/// Keeps two migrations of one database apart.
///
/// On a single server it is the server's own named lock, which the server lets go when the connection ends,
/// however it ends. A Galera cluster has no such lock that holds on all its nodes: there a row in a table of its
/// own holds as well, see ``ClusterLock``.
package struct MigrationLock: Sendable {
  /// The table that a cluster's lock is in while a migration runs there.
  package static let tableName = "celery_results_migration_lock"

  private let cluster: ClusterLock?

  /// Runs a closure while holding the lock.
  ///
  /// Cancelling the task ends the wait, and the closure.
  ///
  /// - Parameters:
  ///   - connection: The migration's own connection. What the lock needs is set in its session.
  ///   - options: How long to wait, and whom to tell.
  ///   - body: What to do. It gets the lock, to ``check(_:)`` it.
  /// - Throws: ``MigrationError`` with the code ``MigrationError/Code/locked`` or
  ///   ``MigrationError/Code/noDatabase``; what the closure throws; `CancellationError`.
  package static func with<Result>(
    _ connection: MariaDBConnection,
    _ options: Options = Options(),
    _ body: (MigrationLock) async throws -> Result
  ) async throws -> Result {
    let wait = LockWait(options)
    let serverLock = ServerLock(connection)
    do {
      try await serverLock.take(wait)
      let result = try await holdingClusterLock(connection, wait, body)
      await serverLock.release()
      return result
    } catch {
      await serverLock.release()
      throw error
    }
  }

  /// Makes sure, before a statement that changes something, that the lock is still held.
  ///
  /// On a cluster it is a statement of its own, so it belongs outside a transaction.
  ///
  /// - Throws: ``MigrationError`` with the code ``MigrationError/Code/locked`` when another migration has taken
  ///   the lock over; `MariaDBError`; `CancellationError`.
  package func check(_ handle: ConnectionHandle) throws {
    try cluster?.check(handle)
  }

  private static func holdingClusterLock<Result>(
    _ connection: MariaDBConnection,
    _ wait: LockWait,
    _ body: (MigrationLock) async throws -> Result
  ) async throws -> Result {
    guard let node = try await connection.run({ handle in try GaleraNode(handle) }) else {
      return try await body(MigrationLock(cluster: nil))
    }
    return try await ClusterLock.with(connection, node, wait) { lock in
      try await body(MigrationLock(cluster: lock))
    }
  }
}
