public import Logging
public import MariaDBClient
import ResultSchema

/// Brings the tables of django-celery-results to the newest level, as Django's `migrate` would, and notes it in
/// Django's ledger.
///
/// Running it again is safe, at any time: each step asks the catalogue whether it is done, so a run that was
/// interrupted is finished by the next.
public struct Migrator: Sendable {
  let connection: MariaDBConnection.Configuration
  let options: Options
  let logger: Logger
  /// False only where a test must see what a server does that was not asked beforehand.
  package var asksBeforehand = true

  /// Makes a migrator.
  ///
  /// - Parameters:
  ///   - connection: The server, the user and the database. A migration has a connection of its own.
  ///   - options: What the tables are to be like.
  ///   - logger: Gets each step, at the level `debug`.
  public init(
    connection: MariaDBConnection.Configuration,
    options: Options = Options(),
    logger: Logger = Logger(label: "Migrator")
  ) {
    self.connection = connection
    var options = options
    options.place = ServerPlace(connection)
    self.options = options
    self.logger = logger
  }

  /// Does what is missing.
  ///
  /// - Parameter progress: Is told of each step, on the connection's own thread.
  /// - Returns: What was there and what was made.
  /// - Throws: ``MigrationError``, which says what was done until then; `MariaDBError` from before the first
  ///   step; `CancellationError`. After each of them the next run goes on where this one ended.
  public func migrate(
    progress: @escaping @Sendable (MigrationProgress) -> Void = { _ in }
  ) async throws -> MigrationReport {
    try await MigrationSession.with(connection) { connection in
      try await MigrationRun.underLock(connection, self.connection, options, logger, progress) {
        handle in
        let plan = try makePlan(handle)
        if asksBeforehand { try check(plan, handle) }
        return plan
      }
    }
  }

  /// Says what ``migrate(progress:)`` would do, and does nothing.
  ///
  /// - Returns: The plan, and why it is refused, where it is.
  /// - Throws: ``MigrationError`` where no plan can be made; `MariaDBError`; `CancellationError`.
  public func plan() async throws -> (plan: MigrationPlan, refusal: MigrationError?) {
    try await MigrationSession.with(connection) { connection in
      try await connection.run { handle in
        let plan = try makePlan(handle)
        do {
          try check(plan, handle)
        } catch let refusal as MigrationError {
          return (plan, refusal)
        }
        return (plan, nil)
      }
    }
  }

  /// Refuses a storage engine that the server does not have.
  func checkEngine(_ handle: ConnectionHandle) throws {
    guard let engine = options.engine else { return }
    let known = try handle.query(
      "SELECT engine FROM information_schema.engines WHERE support IN ('YES', 'DEFAULT') ORDER BY engine"
    ).rows.map { row throws(MariaDBError) in try row.decode(String.self, at: 0) }
    guard known.contains(where: { StorageEngine($0) == engine }) else {
      throw MigrationError.unknownEngine(engine, known: known)
    }
  }

  private func makePlan(_ handle: ConnectionHandle) throws -> MigrationPlan {
    try checkEngine(handle)
    let found = try FoundSchema(handle)
    let facts = try ServerFacts(handle)
    let schema = options.schema(facts, found)
    let plan = try MigrationPlan(found: found, schema: schema)
    guard options.fixes, !plan.fits || plan.periodicTaskNamePrefix != nil else { return plan }
    return try MigrationFix(plan).fixed()
  }

  /// Refuses, before anything is changed, what cannot end well.
  private func check(_ plan: MigrationPlan, _ handle: ConnectionHandle) throws {
    guard plan.fits else { throw MigrationError.doesNotFit(plan.schema, options) }
    if let long = try plan.longValues(handle, listing: 0).first { throw MigrationError.valueTooLong(long) }
    try plan.checkCopying(options)
  }
}
