#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A Python value that Celery's serialisers write: JSON, kombu's own types in it, YAML, MessagePack, pickle.
///
/// JSON gives the cases up to `bytes`. Values of different cases are never equal; in Python `1`, `1.0` and
/// `True` are.
///
/// The larger of the rare cases are kept elsewhere, so that long lists of the others take less memory.
public enum PythonValue: Sendable {
  /// `None`.
  case null
  /// `True` or `False`.
  case bool(Bool)
  /// An `int` that fits 64 bits.
  case integer(Int64)
  /// An `int` beyond 64 bits.
  case bigInteger(PythonBigInteger)
  /// A `float`, which may be NaN or infinite.
  case double(Double)
  /// A `str`.
  case string(PythonString)
  /// A `list`.
  case array([PythonValue])
  /// A `dict` with string keys, in the order of insertion.
  case object(PythonObject)
  /// A `datetime.datetime`.
  indirect case datetime(PythonDateTime)
  /// A `datetime.date`.
  case date(PythonDate)
  /// A `datetime.time`.
  indirect case time(PythonTime)
  /// A `decimal.Decimal`.
  case decimal(PythonDecimal)
  /// A `uuid.UUID`.
  case uuid(UUID)
  /// A `bytes`.
  case bytes([UInt8])
  /// A `tuple`, which becomes a list in JSON.
  case tuple([PythonValue])
  /// A `set` or `frozenset`.
  case set(PythonSet)
  /// A `dict` whose keys are not all strings.
  case dictionary(PythonDictionary)
  /// A `datetime.timedelta`.
  indirect case timedelta(PythonTimedelta)
  /// An exception.
  indirect case exception(RemoteException)
  /// An object of any other class.
  indirect case opaque(PythonOpaque)
}

extension PythonValue {
  /// A `str` with the given text.
  public static func string(_ text: String) -> PythonValue {
    .string(PythonString(text))
  }

  /// The value at `key`, or nil when this is no object or has no such key.
  public subscript(key: PythonString) -> PythonValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// The text, or nil when this is no string or has a lone surrogate.
  public var text: String? {
    if case .string(let string) = self { string.text } else { nil }
  }

  /// The elements of a list or tuple; nil for other values.
  var elements: [PythonValue]? {
    switch self {
    case .array(let elements), .tuple(let elements): elements
    default: nil
    }
  }

  /// What Python calls the type of this value, for messages that must not show the value itself.
  public var typeName: String {
    switch self {
    case .null: "None"
    case .bool: "bool"
    case .integer, .bigInteger: "int"
    case .double: "float"
    case .string: "str"
    case .array: "list"
    case .object: "dict"
    case .datetime: "datetime"
    case .date: "date"
    case .time: "time"
    case .decimal: "Decimal"
    case .uuid: "UUID"
    case .bytes: "bytes"
    case .tuple: "tuple"
    case .set(let value): value.isFrozen ? "frozenset" : "set"
    case .dictionary: "dict"
    case .timedelta: "timedelta"
    case .exception(let value): value.type
    case .opaque(let value): value.description
    }
  }
}
