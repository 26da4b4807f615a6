import ResultSchema

/// What a migration found and made.
public struct MigrationReport: Sendable, Hashable {
  /// The tables that were made, in their order.
  ///
  /// Empty when all were there.
  public var tablesMade: [String] = []
  /// How many rows were added to Django's ledger.
  public var ledgerRowsWritten = 0
  /// Characters of task_id in the table that was there, or of the one that was made.
  public var taskIDMaxLength: Int
  /// The length that the setting states, when the tables were there already and have another.
  public var otherStatedLength: Int?
  /// How many characters the index on periodic_task_name covers, when it does not cover all 255.
  public var periodicTaskNamePrefix: Int?

  init(state: DatabaseState, schema: CelerySchema, statedLength: Int?) {
    taskIDMaxLength = state.taskIDLength ?? schema.taskIDMaxLength
    if let length = state.taskIDLength, let statedLength, statedLength != length {
      otherStatedLength = statedLength
    }
    if state.taskIDLength == nil {
      periodicTaskNamePrefix =
        schema.tables.lazy.flatMap(\.indexes)
        .first { $0.column == "periodic_task_name" }?.prefixLength
    }
  }
}

extension TaskIDMaxLength {
  /// The number that the setting states; nil for `auto` and where there is none.
  var statedLength: Int? {
    if case .length(let length) = self { length } else { nil }
  }
}
