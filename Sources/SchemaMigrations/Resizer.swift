public import Logging
public import MariaDBClient
import ResultSchema

/// Changes how many characters task_id, task_name and group_id have, in tables that are in use.
///
/// Each table is changed by one statement, and what is stored is looked at before the first: nothing is cut. A
/// run that was interrupted between two tables is finished by the next.
public struct Resizer: Sendable {
  let connection: MariaDBConnection.Configuration
  let length: Int
  let options: Options
  let logger: Logger
  /// False only where a test must see what a server says to a value that was stored after the check.
  package var asksBeforehand = true

  /// Makes a resizer.
  ///
  /// - Parameters:
  ///   - connection: The server, the user and the database. The change has a connection of its own.
  ///   - length: How many characters the columns are to have, at least 1.
  ///   - options: How to go about it.
  ///   - logger: Gets each step, at the level `debug`.
  public init(
    connection: MariaDBConnection.Configuration,
    length: Int,
    options: Options = Options(),
    logger: Logger = Logger(label: "Resizer")
  ) {
    self.connection = connection
    self.length = length
    self.options = options
    self.logger = logger
  }

  /// Gives the columns their new length.
  ///
  /// - Parameters:
  ///   - planned: Is told what will be done, before the first statement.
  ///   - progress: Is told of each step. Both are called on the connection's own thread.
  /// - Returns: What was done.
  /// - Throws: ``MigrationError``, which says what was done until then; `MariaDBError` from before the first
  ///   step; `CancellationError`.
  public func resize(
    planned: @escaping @Sendable (ResizePlan) -> Void = { _ in },
    progress: @escaping @Sendable (MigrationProgress) -> Void = { _ in }
  ) async throws -> MigrationReport {
    let options = options.migratorOptions(connection, length)
    return try await MigrationSession.with(connection) { connection in
      try await MigrationRun.underLock(connection, self.connection, options, logger, progress) { handle in
        let plan = try makePlan(handle)
        if asksBeforehand { try plan.check(self.options, options) }
        planned(plan)
        return plan.migration
      }
    }
  }

  /// Says what ``resize(planned:progress:)`` would do, and does nothing.
  ///
  /// - Returns: The plan, which may be one that is refused: see ``ResizePlan/refusal``.
  /// - Throws: ``MigrationError`` where there are no tables to change; `MariaDBError`; `CancellationError`.
  public func plan() async throws -> ResizePlan {
    try await MigrationSession.with(connection) { connection in
      try await connection.run { handle in
        var plan = try makePlan(handle)
        do {
          try plan.check(options, options.migratorOptions(self.connection, length))
        } catch let error as MigrationError {
          plan.refusal = error
        }
        return plan
      }
    }
  }

  private func makePlan(_ handle: ConnectionHandle) throws -> ResizePlan {
    let plan = try MigrationPlan(
      resizing: try FoundSchema(handle),
      facts: try ServerFacts(handle),
      to: length
    )
    // Values are counted only where they are all that can speak against it.
    let counts = asksBeforehand && plan.fitsResized
    let long = try counts ? plan.longValues(handle, listing: options.listedIDs) : []
    return ResizePlan(migration: plan, longValues: long)
  }
}
