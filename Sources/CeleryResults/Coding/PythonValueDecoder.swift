/// Reads Python values as Swift values: the other way round from `PythonValueEncoder`.
///
/// A datetime without zone is taken to be in UTC. A `Date` is also read from a date and from text in ISO 8601,
/// which older releases of kombu wrote, a `UUID` also from text, and a `Duration` from a timedelta. An optional reads `None` as nil.
public struct PythonValueDecoder: Sendable {
  /// Makes a decoder.
  public init() {}

  /// Reads `value` as a `Value`.
  ///
  /// - Throws: `DecodingError`, whose descriptions name types and no values.
  public func decode<Value: Decodable>(_ type: Value.Type, from value: PythonValue) throws -> Value {
    try value.decode(type, at: .top)
  }
}

extension PythonValue: Decodable {
  /// Decodes a value; by `PythonValueDecoder` it stays as it is.
  public init(from decoder: any Decoder) throws {
    if let decoding = decoder as? PythonDecoding {
      self = decoding.value
      return
    }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .double(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([PythonValue].self) {
      self = .array(value)
    } else {
      let members = try decoder.container(keyedBy: NameKey.self)
      self = .object(
        try members.allKeys.reduce(into: [:]) { object, key in
          object[PythonString(key.stringValue)] = try members.decode(PythonValue.self, forKey: key)
        }
      )
    }
  }
}
