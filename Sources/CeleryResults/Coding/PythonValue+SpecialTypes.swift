#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension PythonValue {
  /// Reads the value as any type.
  func decode<Value: Decodable>(_ type: Value.Type, at place: @autoclosure () -> CodingPlace) throws -> Value
  {
    if let special = try specialValue(type, at: place()) { return try cast(special, to: type, at: place()) }
    return try Value(from: PythonDecoding(value: self, place: place()))
  }

  // Inlined, it would have the metadata of optional values looked up for all types.
  @inline(never)
  private func cast<Value>(
    _ special: Any,
    to type: Value.Type,
    at place: @autoclosure () -> CodingPlace
  ) throws -> Value {
    guard let special = special as? Value else {
      throw mismatch(type, expected: "\(type)", at: place())
    }
    return special
  }

  /// The value of a type that has its own form in Python, or of the most frequent elements of arrays; nil for
  /// other types.
  private func specialValue<Value: Decodable>(
    _ type: Value.Type,
    at place: @autoclosure () -> CodingPlace
  ) throws -> Any? {
    if type == PythonValue.self { return self }
    if type == String.self { return try decode(String.self, at: place()) }
    if type == Int.self { return try decode(integer: Int.self, at: place()) }
    if type == Double.self { return try decode(Double.self, at: place()) }
    if type == Date.self { return try date(at: place()) }
    if type == Data.self {
      guard case .bytes(let bytes) = self else { throw mismatch(type, expected: "bytes", at: place()) }
      return Data(bytes)
    }
    if type == UUID.self { return try uuid(at: place()) }
    if type == Decimal.self { return try decimal(at: place()) }
    if type == Duration.self, case .timedelta(let value) = self { return value.duration }
    if type == URL.self {
      guard let url = URL(string: try decode(String.self, at: place())) else {
        throw corrupted("The str is no URL.", at: place())
      }
      return url
    }
    return nil
  }

  private func date(at place: @autoclosure () -> CodingPlace) throws -> Date {
    switch self {
    case .datetime(let value): return value.moment
    case .date(let value): return Date(timeIntervalSince1970: Double(value.daysSince1970) * 86_400)
    case .string(let string):
      guard let datetime = string.text.flatMap(ISOFormatReader.dateTime) else {
        throw corrupted("The str is no date in ISO 8601.", at: place())
      }
      return datetime.moment
    default: throw mismatch(Date.self, expected: "datetime", at: place())
    }
  }

  private func uuid(at place: @autoclosure () -> CodingPlace) throws -> UUID {
    switch self {
    case .uuid(let value): return value
    case .string(let string):
      guard let uuid = string.text.flatMap(KombuType.uuid(hex:)) else {
        throw corrupted("The str is no UUID.", at: place())
      }
      return uuid
    default: throw mismatch(UUID.self, expected: "UUID", at: place())
    }
  }

  private func decimal(at place: @autoclosure () -> CodingPlace) throws -> Decimal {
    let text: String
    switch self {
    case .decimal(let value): text = value.text
    case .integer(let value): return Decimal(value)
    case .bigInteger(let value): text = value.digits
    case .double(let value): text = PythonFloat.representation(of: value)
    default: throw mismatch(Decimal.self, expected: "Decimal", at: place())
    }
    if text.lowercased().hasSuffix("nan") { return .nan }
    // A Foundation decimal holds 38 digits, and would silently round what has more.
    let significant = text.prefix { $0 != "e" && $0 != "E" }.filter(\.isNumber).drop { $0 == "0" }
    guard significant.count <= 38, let decimal = Decimal(string: text), decimal.isFinite else {
      throw corrupted("The \(typeName) does not fit Foundation's Decimal.", at: place())
    }
    return decimal
  }
}
