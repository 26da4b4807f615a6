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
  /// The default in SQL, a literal; nil for none.
  public var defaultValue: String?
  /// The condition of the column's CHECK constraint in SQL, or nil.
  public var check: String?
  /// The character set to name, nil to leave it to the table's.
  public var characterSet: String?
  /// The collation to name, nil to leave it to the table's.
  public var collation: String?
  /// The most bytes of one character, nil where it is as many as in the rest of the table.
  public var bytesPerCharacter: Int?
  /// Whether the length is the setting DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH.
  public var hasTaskIDLength: Bool

  /// Makes a column; by default NOT NULL, not numbered, without default and CHECK, of a length of its own.
  public init(
    _ name: String,
    _ type: ColumnType,
    isNullable: Bool = false,
    isAutoIncrement: Bool = false,
    defaultValue: String? = nil,
    check: String? = nil,
    hasTaskIDLength: Bool = false
  ) {
    self.name = name
    self.type = type
    self.isNullable = isNullable
    self.isAutoIncrement = isAutoIncrement
    self.defaultValue = defaultValue
    self.check = check
    self.hasTaskIDLength = hasTaskIDLength
  }
}
