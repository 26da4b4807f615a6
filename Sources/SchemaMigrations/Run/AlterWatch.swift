import MariaDBClient
import ResultSchema

/// Watches a connection from a second one, and tells how far a statement is that takes its time.
///
/// Source: MariaDB's "Progress Reporting", the MySQL manual's "Monitoring ALTER TABLE Progress for InnoDB Tables
/// Using Performance Schema".
struct AlterWatch {
  let configuration: MariaDBConnection.Configuration
  let connectionID: UInt64
  let isMariaDB: Bool
  let progress: @Sendable (MigrationProgress) -> Void

  /// How long a statement is left in peace, and how often it is asked for afterwards.
  private static let interval = Duration.seconds(5)

  /// Does something and watches it.
  static func with<Result: Sendable>(
    _ connection: MariaDBConnection,
    _ configuration: MariaDBConnection.Configuration,
    _ plan: MigrationPlan,
    _ progress: @escaping @Sendable (MigrationProgress) -> Void,
    _ body: () async throws -> Result
  ) async throws -> Result {
    // What there is nothing to do for takes no time.
    guard !plan.found.tables.isEmpty, !plan.steps.isEmpty else { return try await body() }
    let watch = AlterWatch(
      configuration: configuration,
      connectionID: try await connection.run { $0.connectionID },
      isMariaDB: plan.schema.facts.dialect.flavor == .mariaDB,
      progress: progress
    )
    let task = Task { await watch.run() }
    defer { task.cancel() }
    return try await body()
  }

  /// Watches until the task is cancelled.
  ///
  /// Whatever goes wrong here is no reason to stop the migration.
  func run() async {
    guard (try? await Task.sleep(for: Self.interval)) != nil,
      let connection = try? await MariaDBConnection.connect(configuration)
    else { return }
    while !Task.isCancelled {
      if let running = try? await running(connection) { progress(running) }
      try? await Task.sleep(for: Self.interval)
    }
    await connection.close()
  }

  /// How far the statement is; nil when none runs that takes its time.
  ///
  /// MariaDB has no percentage of what it does in place.
  private func running(_ connection: MariaDBConnection) async throws -> MigrationProgress? {
    let statement: SQLStatement =
      isMariaDB
      ? """
      SELECT CAST(IF(max_stage > 0, (stage - 1 + progress / 100) / max_stage * 100, NULLIF(progress, 0)) AS SIGNED),
        CAST(time AS SIGNED)
      FROM information_schema.processlist WHERE id = \(connectionID) AND info LIKE 'ALTER%'
      """
      : """
      SELECT CAST(100 * s.work_completed / NULLIF(s.work_estimated, 0) AS SIGNED), CAST(t.processlist_time AS SIGNED)
      FROM performance_schema.events_stages_current s
      JOIN performance_schema.threads t ON t.thread_id = s.thread_id
      WHERE t.processlist_id = \(connectionID) AND s.event_name LIKE 'stage/innodb/alter%'
      """
    guard let row = try await connection.query(statement).rows.first else { return nil }
    let (percent, seconds) = try row.decode(Int?.self, Int?.self)
    return .running(percent: percent, elapsed: .seconds(seconds ?? 0))
  }
}
