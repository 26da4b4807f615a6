#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension PythonEncoding {
  /// Makes a Python value of any value.
  ///
  /// - Parameter place: Where the value stands.
  static func encode<Value: Encodable>(
    _ value: Value,
    at place: @autoclosure () -> CodingPlace
  ) throws -> PythonValue {
    if let special = try specialValue(value, at: place()) { return special }
    let encoding = PythonEncoding(place: place())
    try value.encode(to: encoding)
    return encoding.finish()
  }

  /// Encodes a value of any type here.
  func encode(_ value: some Encodable) throws {
    if let special = try Self.specialValue(value, at: place) {
      state = .value(special)
    } else {
      try value.encode(to: self)
    }
  }

  /// The value of a type that has its own form in Python, or of the most frequent elements of arrays; nil for
  /// other types.
  private static func specialValue<Value: Encodable>(
    _ value: Value,
    at place: @autoclosure () -> CodingPlace
  ) throws -> PythonValue? {
    if Value.self == PythonValue.self { return value as? PythonValue }
    if Value.self == String.self { return (value as? String).map(PythonValue.string) }
    if Value.self == Int.self { return (value as? Int).map(PythonValue.init) }
    if Value.self == Double.self { return (value as? Double).map(PythonValue.double) }
    if Value.self == Date.self, let date = value as? Date {
      guard let datetime = PythonDateTime(date) else {
        let context = EncodingError.Context(
          codingPath: place().path,
          debugDescription: "A date outside the years 1 to 9999 has no datetime in Python."
        )
        throw EncodingError.invalidValue(value, context)
      }
      return .datetime(datetime)
    }
    if Value.self == Data.self { return (value as? Data).map { .bytes(Array($0)) } }
    if Value.self == UUID.self { return (value as? UUID).map(PythonValue.uuid) }
    if Value.self == Decimal.self, let decimal = value as? Decimal {
      return PythonDecimal(decimal.isNaN ? "NaN" : decimal.description).map(PythonValue.decimal)
    }
    if Value.self == URL.self { return (value as? URL).map { .string($0.absoluteString) } }
    return nil
  }
}

extension PythonValue: Encodable {
  /// Encodes the value; by `PythonValueEncoder` it stays as it is.
  ///
  /// Other encoders get the kinds of value that they know: kombu's types as text, an integer beyond 64 bits as
  /// text of its digits.
  public func encode(to encoder: any Encoder) throws {
    if let encoding = encoder as? PythonEncoding {
      encoding.state = .value(self)
      return
    }
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .bigInteger(let value): try container.encode(value.digits)
    case .double(let value): try container.encode(value)
    case .string(let value): try container.encode(value.description)
    case .array(let elements): try container.encode(elements)
    case .object(let members):
      var container = encoder.container(keyedBy: NameKey.self)
      for (key, value) in members {
        try container.encode(value, forKey: NameKey(stringValue: key.description))
      }
    case .datetime(let value): try container.encode(value.isoFormat)
    case .date(let value): try container.encode(value.isoFormat)
    case .time(let value): try container.encode(value.isoFormat)
    case .decimal(let value): try container.encode(value.text)
    case .uuid(let value): try container.encode(value)
    case .bytes(let value): try container.encode(Data(value))
    case .tuple(let elements): try container.encode(elements)
    case .set(let value): try container.encode(value.elements)
    case .dictionary(let members):
      try container.encode(members.map { [$0.key, $0.value] })
    case .timedelta(let value): try container.encode(value.duration / .seconds(1))
    case .exception(let value): try container.encode(value.celeryValue)
    case .opaque(let value): try container.encode(value.description)
    }
  }
}
