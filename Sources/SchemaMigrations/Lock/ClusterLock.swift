import MariaDBClient
import Synchronization

/// The lock of a migration on a Galera cluster, held by a row that every node sees.
///
/// The holder gives signs on a second connection, in the background, so that they go on during a long
/// statement. Who waits takes the lock over when the signs stop; see ``HolderWatch``. When the holder has
/// ended, it drops the table: nothing is left of the lock. A holder that was taken for gone, and was not, notices
/// before its next statement, see ``check(_:)``.
///
/// Source: Galera's documentation, "Certification-Based Replication" and "Schema Upgrades".
final class ClusterLock: Sendable {
  let table: ClusterLockTable
  let connection: MariaDBConnection
  private let isLost = Mutex(false)

  private init(_ connection: MariaDBConnection, _ node: GaleraNode) {
    table = ClusterLockTable(node: node)
    self.connection = connection
  }

  /// Runs a closure while holding the lock.
  ///
  /// The node's own named lock must be held already.
  static func with<Result>(
    _ connection: MariaDBConnection,
    _ node: GaleraNode,
    _ wait: LockWait,
    _ body: (ClusterLock) async throws -> Result
  ) async throws -> Result {
    var configuration = connection.configuration
    // A sign waits for as long as an ALTER TABLE takes.
    configuration.readTimeout = nil
    configuration.queryTimeout = nil
    let second = try await MariaDBConnection.connect(configuration)
    let lock = ClusterLock(connection, node)
    do {
      for connection in [connection, second] { try await prepare(connection) }
      try await lock.take(wait)
      let result = try await lock.givingSigns(on: second, every: wait.options.takeOverAfter / 6, body)
      await lock.release(second, wait)
      await second.close()
      return result
    } catch {
      await lock.release(second, wait)
      await second.close()
      throw error
    }
  }

  /// Throws when another migration has taken the lock over; gives a sign else.
  func check(_ handle: ConnectionHandle) throws {
    guard isLost.withLock({ !$0 }), try beat(handle) else {
      isLost.withLock { $0 = true }
      throw MigrationError(
        .locked,
        "Another migration took over the lock of this one, which had given no sign for too long. "
          + "What was done stays; running it again finishes what is left."
      )
    }
  }

  /// Makes reads wait until all that other nodes have committed is there, and changes of tables reach all nodes.
  private static func prepare(_ connection: MariaDBConnection) async throws {
    _ = try await connection.run { handle in
      try handle.query(text: "SET SESSION wsrep_sync_wait = 15, SESSION wsrep_OSU_method = TOI")
    }
  }

  private func givingSigns<Result>(
    on second: MariaDBConnection,
    every interval: Duration,
    _ body: (ClusterLock) async throws -> Result
  ) async throws -> Result {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await self.giveSigns(on: second, every: interval) }
      defer { group.cancelAll() }
      return try await body(self)
    }
  }

  private func giveSigns(on second: MariaDBConnection, every interval: Duration) async {
    var current = second
    while (try? await Task.sleep(for: interval)) != nil {
      do {
        if current.isBroken { current = try await .connect(second.configuration) }
        if try await !current.run({ handle in try self.beat(handle) }) {
          isLost.withLock { $0 = true }
          break
        }
      } catch {
        // The next sign may come through; without any, another migration takes over, and check(_:) tells.
      }
    }
    if current !== second { await current.close() }
  }

  /// Gives a sign, again where another node's statement was in the way.
  private func beat(_ handle: ConnectionHandle) throws -> Bool {
    for _ in 0..<4 {
      if let isMine = try ClusterLockAttempt.unlessOthersWon({ try table.beat(handle) }) { return isMine }
    }
    return try table.beat(handle)
  }

  /// Drops the table, if this still is the holder: also when the task was cancelled.
  private func release(_ second: MariaDBConnection, _ wait: LockWait) async {
    let usable = connection.isBroken ? second : connection
    await Task {
      do {
        try await usable.run { handle in
          if try self.beat(handle) { try self.table.drop(handle) }
        }
      } catch {
        wait.options.tell("could not drop the table \(MigrationLock.tableName): \(error)")
      }
    }.value
  }
}
