#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

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
    try PythonDecoding(value: value, codingPath: []).unbox(type)
  }
}

extension PythonDecoding {
  /// Decodes a value of any type.
  func unbox<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if let special = try specialValue(type) {
      guard let special = special as? Value else { throw mismatch(type, expected: "\(type)") }
      return special
    }
    return try Value(from: self)
  }

  /// The value of a type that has its own form in Python; nil for other types.
  private func specialValue<Value: Decodable>(_ type: Value.Type) throws -> Any? {
    if type == PythonValue.self { return value }
    if type == String.self { return try decode(String.self) }
    if type == Date.self { return try date() }
    if type == Data.self {
      guard case .bytes(let bytes) = value else { throw mismatch(type, expected: "bytes") }
      return Data(bytes)
    }
    if type == UUID.self { return try uuid() }
    if type == Decimal.self { return try decimal() }
    if type == Duration.self, case .timedelta(let value) = value { return value.duration }
    if type == URL.self {
      guard let url = URL(string: try decode(String.self)) else { throw corrupted("The str is no URL.") }
      return url
    }
    return nil
  }

  private func date() throws -> Date {
    switch value {
    case .datetime(let value): return value.moment
    case .date(let value): return Date(timeIntervalSince1970: Double(value.daysSince1970) * 86_400)
    case .string(let string):
      guard let datetime = string.text.flatMap(ISOFormatReader.dateTime) else {
        throw corrupted("The str is no date in ISO 8601.")
      }
      return datetime.moment
    default: throw mismatch(Date.self, expected: "datetime")
    }
  }

  private func uuid() throws -> UUID {
    switch value {
    case .uuid(let value): return value
    case .string(let string):
      guard let uuid = string.text.flatMap(KombuType.uuid(hex:)) else {
        throw corrupted("The str is no UUID.")
      }
      return uuid
    default: throw mismatch(UUID.self, expected: "UUID")
    }
  }

  private func decimal() throws -> Decimal {
    let text: String
    switch value {
    case .decimal(let value): text = value.text
    case .integer(let value): return Decimal(value)
    case .bigInteger(let value): text = value.digits
    case .double(let value): text = PythonFloat.representation(of: value)
    default: throw mismatch(Decimal.self, expected: "Decimal")
    }
    if text.lowercased().hasSuffix("nan") { return .nan }
    // A Foundation decimal holds 38 digits, and would silently round what has more.
    let significant = text.prefix { $0 != "e" && $0 != "E" }.filter(\.isNumber).drop { $0 == "0" }
    guard significant.count <= 38, let decimal = Decimal(string: text), decimal.isFinite else {
      throw corrupted("The \(value.typeName) does not fit Foundation's Decimal.")
    }
    return decimal
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
