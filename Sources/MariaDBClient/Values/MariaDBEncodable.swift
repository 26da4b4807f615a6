#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What can be a parameter of a statement.
public protocol MariaDBEncodable {
  /// The value as it is sent.
  var mariaDBValue: MariaDBValue { get }
}

extension MariaDBValue: MariaDBEncodable {
  /// The value as it is sent.
  public var mariaDBValue: MariaDBValue { self }
}

extension Optional: MariaDBEncodable where Wrapped: MariaDBEncodable {
  /// The value as it is sent.
  public var mariaDBValue: MariaDBValue { self?.mariaDBValue ?? .null }
}

extension Bool: MariaDBEncodable {
  /// The value as it is sent.
  public var mariaDBValue: MariaDBValue { .int(self ? 1 : 0) }
}

extension FixedWidthInteger where Self: MariaDBEncodable {
  /// The value as it is sent.
  public var mariaDBValue: MariaDBValue {
    Self.isSigned ? .int(Int64(self)) : .uint(UInt64(self))
  }
}

extension Int: MariaDBEncodable {}
extension Int8: MariaDBEncodable {}
extension Int16: MariaDBEncodable {}
extension Int32: MariaDBEncodable {}
extension Int64: MariaDBEncodable {}
extension UInt: MariaDBEncodable {}
extension UInt8: MariaDBEncodable {}
extension UInt16: MariaDBEncodable {}
extension UInt32: MariaDBEncodable {}
extension UInt64: MariaDBEncodable {}

extension Float: MariaDBEncodable {
  /// The value as it is sent.
  public var mariaDBValue: MariaDBValue { .float(self) }
}

extension Double: MariaDBEncodable {
  /// The value as it is sent.
  public var mariaDBValue: MariaDBValue { .double(self) }
}

extension Decimal: MariaDBEncodable {
  /// The value as it is sent.
  public var mariaDBValue: MariaDBValue { .decimal(description) }
}

extension String: MariaDBEncodable {
  /// The value as it is sent.
  public var mariaDBValue: MariaDBValue { .string(self) }
}

extension Substring: MariaDBEncodable {
  /// The value as it is sent.
  public var mariaDBValue: MariaDBValue { .string(String(self)) }
}

extension [UInt8]: MariaDBEncodable {
  /// The value as it is sent.
  public var mariaDBValue: MariaDBValue { .bytes(self) }
}

extension Date: MariaDBEncodable {
  /// The moment in UTC, to the microsecond.
  public var mariaDBValue: MariaDBValue { .dateTime(MariaDBDateTime(self)) }
}

extension MariaDBDate: MariaDBEncodable {
  /// The value as it is sent.
  public var mariaDBValue: MariaDBValue { .date(self) }
}

extension MariaDBDateTime: MariaDBEncodable {
  /// The value as it is sent.
  public var mariaDBValue: MariaDBValue { .dateTime(self) }
}

extension MariaDBTime: MariaDBEncodable {
  /// The value as it is sent.
  public var mariaDBValue: MariaDBValue { .time(self) }
}
