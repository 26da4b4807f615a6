import Logging
import MariaDBClient
import ResultSchema

/// One run of a plan, on the migration's own connection.
struct MigrationRun {
  let handle: ConnectionHandle
  let plan: MigrationPlan
  let options: Migrator.Options
  let lock: MigrationLock
  let logger: Logger
  let progress: (MigrationProgress) -> Void
  private(set) var report: MigrationReport
  /// The tables that were made, and of which the ledger does not know yet.
  private var unrecordedTables: [String] = []

  init(
    _ handle: ConnectionHandle,
    _ plan: MigrationPlan,
    _ options: Migrator.Options,
    _ lock: MigrationLock,
    _ logger: Logger,
    _ progress: @escaping (MigrationProgress) -> Void
  ) {
    self.handle = handle
    self.plan = plan
    self.options = options
    self.lock = lock
    self.logger = logger
    self.progress = progress
    report = MigrationReport(plan, statedLength: options.taskIDMaxLength.statedLength)
  }

  /// Does what the plan says.
  ///
  /// - Throws: ``MigrationError``, which says what was done and what failed; `CancellationError`.
  mutating func run() throws -> MigrationReport {
    for item in plan.items {
      do {
        try lock.check(handle)
        switch item {
        case .step(let step): try run(step)
        case .record(let migrations): try record(migrations)
        }
      } catch {
        throw stopped(error, at: item)
      }
    }
    let diagnosis = Diagnosis(found: try FoundSchema(handle), facts: plan.schema.facts)
    report.faults = diagnosis.faults.filter { Self.reportedFaults.contains($0.kind) }
    return report
  }

  /// What a migration takes as done by its name, and is not as it should be.
  private static let reportedFaults: Set<Finding.Kind> = [
    .columnType, .columnNull, .missingColumn, .missingIndex, .indexUniqueness, .hashIndex, .length,
  ]

  private mutating func record(_ migrations: [CeleryMigration]) throws {
    try MigrationLedger(handle).add(migrations)
    report.recorded += migrations
    unrecordedTables = []
    progress(.recorded(migrations))
  }

  private mutating func run(_ planned: SchemaStep) throws {
    // Somebody else, Django for one, may have been at work since the plan was made.
    guard let step = planned.remaining(in: try FoundSchema(handle)) else { return }
    logger.debug("a step of a migration", metadata: ["table": "\(step.tableName)"])
    let progress = progress
    progress(.started(step))
    let wait = TableWait(timeout: options.lockTimeout) { progress(.waiting($0)) }
    let algorithm = try wait.run(for: step.tableName) { try runOnce(step) }
    report.stepsDone.append(step)
    progress(.finished(step, algorithm))
  }

  private mutating func runOnce(_ step: SchemaStep) throws -> AlterAlgorithm? {
    switch step.action {
    case .createTable(let table):
      try handle.query(text: plan.schema.statement(of: step))
      report.tablesMade.append(table.name)
      unrecordedTables.append(table.name)
      try checkIndexes(of: step)
      return nil
    case .copyDateDone:
      let progress = progress
      try DateCopying().run(handle) { progress(.copied(rows: $0)) }
      return nil
    case .alterTable(let name, _):
      guard let table = try FoundSchema(handle).tables[name] else { return nil }
      let algorithm = try AlterTableStatement(
        step: step,
        schema: plan.schema,
        table: table,
        copyLimit: options.copyLimit,
        refusal: { [options] in .copying($0, $1, options) }
      ).run(handle)
      try checkIndexes(of: step)
      return algorithm
    }
  }

  /// Makes sure that the server has made indexes as it was told to: it may cut them or make them a hash without
  /// an error.
  private func checkIndexes(of step: SchemaStep) throws {
    let warnings = try handle.warnings()
    guard let table = step.tableWithAddedIndexes, let found = try FoundSchema(handle).tables[table.name]
    else {
      return
    }
    let differences = table.indexDifferences(from: found.indexes)
    guard !differences.isEmpty else { return }
    throw UnexpectedIndexes(step: step, differences: differences, warnings: warnings)
  }

  private func stopped(_ error: any Error, at item: MigrationPlan.Item) -> any Error {
    if error is CancellationError { return error }
    let done = MigrationError.progress(report, stoppedAt: item)
    if case .step(let step) = item,
      let explained = MigrationError.unforeseen(error, step, plan.schema, options)
    {
      let outcome = TakingBack(handle, step, tablesMade: unrecordedTables, of: error).run()
      return explained.adding(outcome).adding(done)
    }
    if let error = error as? MigrationError { return error.adding(done) }
    if case .step(let step) = item, let refused = MigrationError.storedMeanwhile(error, step, plan) {
      return refused.adding(done)
    }
    let refused = error as? MariaDBError
    return MigrationError(.stopped, "\(error)\(ownWords(of: refused, item))\n\(done)", cause: refused)
  }

  /// What the server said, where the error's description leaves it out: these statements hold nobody's data.
  private func ownWords(of error: MariaDBError?, _ item: MigrationPlan.Item) -> String {
    guard case .step(let step) = item, let error, let words = error.serverMessage,
      !error.description.contains(words)
    else { return "" }
    guard step.action == .copyDateDone else { return ". The server: \(words)" }
    return
      ". It stopped in copying date_done to date_created; rows whose date_done the server refuses are found by: "
      + "SELECT id FROM \(step.tableName) WHERE date_done < '1000-01-01'"
  }
}

extension SchemaStep {
  /// The table with those of its indexes that the step adds; nil when it adds none.
  fileprivate var tableWithAddedIndexes: Table? {
    switch action {
    case .createTable(let table): return table
    case .copyDateDone: return nil
    case .alterTable(let name, let changes):
      let added = changes.compactMap { if case .addIndex(let index) = $0 { index } else { nil } }
      return added.isEmpty ? nil : Table(name: name, columns: [], indexes: added)
    }
  }
}
