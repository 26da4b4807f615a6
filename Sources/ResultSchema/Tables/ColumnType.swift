/// The types of column that these tables have.
public enum ColumnType: Sendable, Hashable {
  /// A 32-bit signed integer.
  case int
  /// A 32-bit unsigned integer.
  case unsignedInt
  /// True or false, an 8-bit integer.
  case bool
  /// Text of at most this many characters.
  case varchar(Int)
  /// Text of up to 4 GB.
  case longtext
  /// Date and time with microseconds and no zone.
  case datetime6

  /// The type in SQL, as `information_schema.columns.column_type` of MySQL 8 and later writes it.
  public var sql: String {
    switch self {
    case .int: "int"
    case .unsignedInt: "int unsigned"
    case .bool: "tinyint(1)"
    case .varchar(let length): "varchar(\(length))"
    case .longtext: "longtext"
    case .datetime6: "datetime(6)"
    }
  }

  /// The length of a varchar in characters; nil for every other type.
  public var characters: Int? {
    if case .varchar(let length) = self { length } else { nil }
  }
}
