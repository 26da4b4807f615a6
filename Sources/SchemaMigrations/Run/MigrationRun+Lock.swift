import Logging
import MariaDBClient

extension MigrationRun {
  /// Makes a plan and runs it, on one connection, under the migrations' lock and watched from a second connection.
  ///
  /// - Parameters:
  ///   - connection: The migration's own connection.
  ///   - configuration: How the second connection is made.
  ///   - options: What the tables are to be like.
  ///   - logger: Gets each step.
  ///   - progress: Is told of each step, and of what is waited for.
  ///   - plan: Makes the plan, once the lock is held, or refuses.
  /// - Returns: What was done.
  /// - Throws: What `plan` throws; ``MigrationError``; `MariaDBError`; `CancellationError`.
  static func underLock(
    _ connection: MariaDBConnection,
    _ configuration: MariaDBConnection.Configuration,
    _ options: Migrator.Options,
    _ logger: Logger,
    _ progress: @escaping @Sendable (MigrationProgress) -> Void,
    plan: @escaping @Sendable (ConnectionHandle) throws -> MigrationPlan
  ) async throws -> MigrationReport {
    let lockOptions = MigrationLock.Options(timeout: options.lockTimeout) { progress(.waiting($0)) }
    return try await MigrationLock.with(connection, lockOptions) { lock in
      let plan = try await connection.run { try plan($0) }
      return try await AlterWatch.with(connection, configuration, plan, progress) {
        try await connection.run { handle in
          var run = MigrationRun(handle, plan, options, lock, logger, progress)
          return try run.run()
        }
      }
    }
  }
}
