extension PythonValue: Hashable {
  /// Whether both are the same value of the same type.
  ///
  /// NaN equals NaN here, so that a value equals itself. Objects are equal whatever the order of their keys.
  public static func == (left: PythonValue, right: PythonValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.bigInteger(let left), .bigInteger(let right)): left == right
    case (.double(let left), .double(let right)): left == right || (left.isNaN && right.isNaN)
    case (.string(let left), .string(let right)): left == right
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    case (.datetime(let left), .datetime(let right)): left == right
    case (.date(let left), .date(let right)): left == right
    case (.time(let left), .time(let right)): left == right
    case (.decimal(let left), .decimal(let right)): left == right
    case (.uuid(let left), .uuid(let right)): left == right
    case (.bytes(let left), .bytes(let right)): left == right
    case (.tuple(let left), .tuple(let right)): left == right
    case (.set(let left), .set(let right)): left == right
    case (.dictionary(let left), .dictionary(let right)): left == right
    case (.timedelta(let left), .timedelta(let right)): left == right
    case (.exception(let left), .exception(let right)): left == right
    case (.opaque(let left), .opaque(let right)): left == right
    default: false
    }
  }

  /// Hashes the value with its type.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(typeName)
    switch self {
    case .null: break
    case .bool(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(value)
    case .bigInteger(let value): hasher.combine(value)
    case .double(let value): hasher.combine(value.isNaN ? Double.nan.bitPattern : (value + 0).bitPattern)
    case .string(let value): hasher.combine(value)
    case .array(let value): hasher.combine(value)
    case .object(let members): hasher.combine(members)
    case .datetime(let value): hasher.combine(value)
    case .date(let value): hasher.combine(value)
    case .time(let value): hasher.combine(value)
    case .decimal(let value): hasher.combine(value)
    case .uuid(let value): hasher.combine(value)
    case .bytes(let value): hasher.combine(value)
    case .tuple(let value): hasher.combine(value)
    case .set(let value): hasher.combine(value)
    case .dictionary(let value): hasher.combine(value)
    case .timedelta(let value): hasher.combine(value)
    case .exception(let value): hasher.combine(value)
    case .opaque(let value): hasher.combine(value)
    }
  }
}
