/// A value as it goes to the server or comes from it: one case for each form that MySQL's binary protocol
/// has.
///
/// Source: the MySQL manual's "Data Types".
public enum MariaDBValue: Sendable, Hashable {
  /// SQL's `NULL`.
  case null
  /// A signed integer: `TINYINT` to `BIGINT`.
  case int(Int64)
  /// An unsigned integer: `TINYINT UNSIGNED` to `BIGINT UNSIGNED`, and `YEAR`.
  case uint(UInt64)
  /// `FLOAT`.
  case float(Float)
  /// `DOUBLE`.
  case double(Double)
  /// `DECIMAL`, as its digits: no binary number holds all of them.
  case decimal(String)
  /// Text: `CHAR`, `VARCHAR`, `TEXT`, `ENUM`, `SET`, `JSON`.
  case string(String)
  /// Bytes: `BINARY`, `VARBINARY`, `BLOB`, `BIT`, `GEOMETRY`; also text that is not valid UTF-8.
  case bytes([UInt8])
  /// `DATE`.
  case date(MariaDBDate)
  /// `DATETIME` and `TIMESTAMP`.
  case dateTime(MariaDBDateTime)
  /// `TIME`.
  case time(MariaDBTime)
}

extension MariaDBValue {
  /// The name of the value's form, for messages that must not show the value.
  var kind: String {
    switch self {
    case .null: "NULL"
    case .int: "a signed integer"
    case .uint: "an unsigned integer"
    case .float: "a FLOAT"
    case .double: "a DOUBLE"
    case .decimal: "a DECIMAL"
    case .string: "text"
    case .bytes: "bytes"
    case .date: "a DATE"
    case .dateTime: "a DATETIME"
    case .time: "a TIME"
    }
  }

  /// How many bytes the value takes in a packet to the server, at most.
  package var byteCount: Int {
    switch self {
    case .null: 0
    case .int, .uint, .double: 8
    case .float: 4
    case .decimal(let digits): digits.utf8.count + 9
    case .string(let text): text.utf8.count + 9
    case .bytes(let bytes): bytes.count + 9
    case .date, .dateTime, .time: 13
    }
  }
}
