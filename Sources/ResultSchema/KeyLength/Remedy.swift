/// One way to make the tables on a server where they do not fit as asked.
public struct Remedy: Sendable, Hashable {
  /// What a remedy changes.
  public enum Kind: Sendable, Hashable {
    /// Another row format of InnoDB; nothing is lost.
    case rowFormat
    /// InnoDB instead of the engine that the server takes by default.
    case engine
    /// A smaller length of task_id, task_name and group_id.
    case taskIDMaxLength
    /// Another engine or row format, and a smaller length as well.
    case everything
  }

  /// What the remedy changes.
  public var kind: Kind
  /// The schema that fits: its engine and row format as the statements will name them, and its length.
  public var schema: CelerySchema

  /// How many leading characters of periodic_task_name its index covers; nil for all 255.
  public var periodicTaskNamePrefix: Int? {
    schema.tables.lazy.flatMap(\.indexes).first { $0.column == "periodic_task_name" }?.prefixLength
  }
}
