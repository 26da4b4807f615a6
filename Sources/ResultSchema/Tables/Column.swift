/// A column of a table.
public struct Column: Sendable, Hashable {
  /// The column's name.
  public var name: String
  /// The column's type.
  public var type: ColumnType
  /// Whether NULL may be stored.
  public var isNullable: Bool
  /// Whether the server numbers the rows.
  public var isAutoIncrement: Bool
  /// The condition of the column's CHECK constraint in SQL, or nil.
  public var check: String?
  /// Whether the length is the setting DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH.
  public var hasTaskIDLength: Bool

  /// Makes a column; by default NOT NULL, not numbered, without CHECK, of a length of its own.
  public init(
    _ name: String,
    _ type: ColumnType,
    isNullable: Bool = false,
    isAutoIncrement: Bool = false,
    check: String? = nil,
    hasTaskIDLength: Bool = false
  ) {
    self.name = name
    self.type = type
    self.isNullable = isNullable
    self.isAutoIncrement = isAutoIncrement
    self.check = check
    self.hasTaskIDLength = hasTaskIDLength
  }
}
