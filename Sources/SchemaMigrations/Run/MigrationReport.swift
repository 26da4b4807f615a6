public import ResultSchema

/// What a migration found and made.
public struct MigrationReport: Sendable, Hashable {
  /// The tables that were made, in their order.
  ///
  /// Empty when all were there.
  public var tablesMade: [String] = []
  /// The steps that were done, in their order.
  public var stepsDone: [SchemaStep] = []
  /// The migrations that were written into Django's ledger.
  public var recorded: [CeleryMigration] = []
  /// How many rows were added to Django's ledger.
  public var ledgerRowsWritten: Int { recorded.count }
  /// The last migration that the ledger has.
  public var level: CeleryMigration
  /// Characters of task_id in the table that was there, or of the one that was made.
  public var taskIDMaxLength: Int
  /// The length that the setting states as a number; nil where it is absent or `auto`.
  public var statedTaskIDMaxLength: Int?
  /// What keeps the tables from being as Django makes them, although all migrations are done: `celery-results doctor`
  /// says what to do.
  public var faults: [Finding] = []
  /// How many characters the index on periodic_task_name covers, when it was made and does not cover all 255.
  public var periodicTaskNamePrefix: Int?

  init(_ plan: MigrationPlan, statedLength: Int?) {
    level = plan.schema.level
    taskIDMaxLength = plan.result.taskIDLength ?? plan.schema.taskIDMaxLength
    statedTaskIDMaxLength = statedLength
    periodicTaskNamePrefix = plan.periodicTaskNamePrefix
  }
}

extension TaskIDMaxLength {
  /// The number that the setting states; nil for `auto` and where there is none.
  var statedLength: Int? {
    if case .length(let length) = self { length } else { nil }
  }
}
