#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What a column's value can be read as.
public protocol MariaDBDecodable {
  /// Reads a value.
  ///
  /// - Throws: ``MariaDBError`` with the code ``MariaDBError/Code/decodingFailed`` when the value has another
  ///   form or does not fit. The message holds no value.
  init(mariaDBValue: MariaDBValue) throws(MariaDBError)
}

extension MariaDBError {
  /// A value of the form `value` cannot be read as `type`.
  static func cannotDecode(_ value: MariaDBValue, as type: Any.Type) -> MariaDBError {
    MariaDBError(.decodingFailed, explanation: "\(value.kind) cannot be read as \(type)")
  }
}

extension MariaDBValue: MariaDBDecodable {
  /// Reads a value.
  public init(mariaDBValue: MariaDBValue) { self = mariaDBValue }
}

extension Optional: MariaDBDecodable where Wrapped: MariaDBDecodable {
  /// Reads a value.
  public init(mariaDBValue: MariaDBValue) throws(MariaDBError) {
    self = mariaDBValue == .null ? nil : try Wrapped(mariaDBValue: mariaDBValue)
  }
}

extension Bool: MariaDBDecodable {
  /// Reads a value.
  public init(mariaDBValue: MariaDBValue) throws(MariaDBError) {
    switch mariaDBValue {
    case .int(let value): self = value != 0
    case .uint(let value): self = value != 0
    default: throw .cannotDecode(mariaDBValue, as: Self.self)
    }
  }
}

extension FixedWidthInteger where Self: MariaDBDecodable {
  /// Reads a value.
  public init(mariaDBValue: MariaDBValue) throws(MariaDBError) {
    let exact: Self? =
      switch mariaDBValue {
      case .int(let value): Self(exactly: value)
      case .uint(let value): Self(exactly: value)
      case .decimal(let digits): Self(digits)  // what SUM() of integers gives
      default: nil
      }
    guard let exact else { throw .cannotDecode(mariaDBValue, as: Self.self) }
    self = exact
  }
}

extension Int: MariaDBDecodable {}
extension Int8: MariaDBDecodable {}
extension Int16: MariaDBDecodable {}
extension Int32: MariaDBDecodable {}
extension Int64: MariaDBDecodable {}
extension UInt: MariaDBDecodable {}
extension UInt8: MariaDBDecodable {}
extension UInt16: MariaDBDecodable {}
extension UInt32: MariaDBDecodable {}
extension UInt64: MariaDBDecodable {}

extension Float: MariaDBDecodable {
  /// Reads a value.
  public init(mariaDBValue: MariaDBValue) throws(MariaDBError) {
    guard case .float(let value) = mariaDBValue else { throw .cannotDecode(mariaDBValue, as: Self.self) }
    self = value
  }
}

extension Double: MariaDBDecodable {
  /// Reads a value.
  public init(mariaDBValue: MariaDBValue) throws(MariaDBError) {
    switch mariaDBValue {
    case .double(let value): self = value
    case .float(let value): self = Double(value)
    case .decimal(let digits):
      guard let value = Double(digits) else { throw .cannotDecode(mariaDBValue, as: Self.self) }
      self = value
    default: throw .cannotDecode(mariaDBValue, as: Self.self)
    }
  }
}

extension Decimal: MariaDBDecodable {
  /// Reads a value.
  public init(mariaDBValue: MariaDBValue) throws(MariaDBError) {
    guard case .decimal(let digits) = mariaDBValue, let value = Decimal(string: digits) else {
      throw .cannotDecode(mariaDBValue, as: Self.self)
    }
    self = value
  }
}

extension String: MariaDBDecodable {
  /// Reads a value.
  public init(mariaDBValue: MariaDBValue) throws(MariaDBError) {
    switch mariaDBValue {
    case .string(let value), .decimal(let value): self = value
    case .bytes(let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw MariaDBError(
          .decodingFailed,
          explanation: "bytes that are not valid UTF-8 cannot be read as String"
        )
      }
      self = text
    default: throw .cannotDecode(mariaDBValue, as: Self.self)
    }
  }
}

extension [UInt8]: MariaDBDecodable {
  /// Reads a value.
  public init(mariaDBValue: MariaDBValue) throws(MariaDBError) {
    switch mariaDBValue {
    case .bytes(let bytes): self = bytes
    case .string(let text): self = Array(text.utf8)
    default: throw .cannotDecode(mariaDBValue, as: Self.self)
    }
  }
}

extension Date: MariaDBDecodable {
  /// Reads a `DATETIME` or `TIMESTAMP` as a moment in UTC.
  public init(mariaDBValue: MariaDBValue) throws(MariaDBError) {
    guard case .dateTime(let value) = mariaDBValue, let moment = value.moment else {
      throw .cannotDecode(mariaDBValue, as: Self.self)
    }
    self = moment
  }
}

extension MariaDBDate: MariaDBDecodable {
  /// Reads a value.
  public init(mariaDBValue: MariaDBValue) throws(MariaDBError) {
    guard case .date(let value) = mariaDBValue else { throw .cannotDecode(mariaDBValue, as: Self.self) }
    self = value
  }
}

extension MariaDBDateTime: MariaDBDecodable {
  /// Reads a value.
  public init(mariaDBValue: MariaDBValue) throws(MariaDBError) {
    guard case .dateTime(let value) = mariaDBValue else { throw .cannotDecode(mariaDBValue, as: Self.self) }
    self = value
  }
}

extension MariaDBTime: MariaDBDecodable {
  /// Reads a value.
  public init(mariaDBValue: MariaDBValue) throws(MariaDBError) {
    guard case .time(let value) = mariaDBValue else { throw .cannotDecode(mariaDBValue, as: Self.self) }
    self = value
  }
}
