/// Why JSON text could not be read or a value not be written.
///
/// It never holds any of the content.
public struct PythonJSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  ///
  /// The set may grow.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String {
      case syntax = "syntax error"
      case unexpectedEnd = "unexpected end"
      case trailingData = "data after the value"
      case invalidUTF8 = "bytes that are not UTF-8"
      case nestingTooDeep = "nesting too deep"
      case unsupportedType = "unsupported __type__"
      case malformedType = "malformed __value__"
      case unsupportedValue = "a value that JSON cannot hold"
    }

    private let value: Value

    /// The text is no JSON.
    public static let syntax = Code(value: .syntax)
    /// The text ends within a value.
    public static let unexpectedEnd = Code(value: .unexpectedEnd)
    /// Something follows the value.
    public static let trailingData = Code(value: .trailingData)
    /// A string is not UTF-8.
    public static let invalidUTF8 = Code(value: .invalidUTF8)
    /// Arrays and objects are nested more deeply than the limit.
    public static let nestingTooDeep = Code(value: .nestingTooDeep)
    /// kombu has no type of the name that `__type__` gives.
    public static let unsupportedType = Code(value: .unsupportedType)
    /// The `__value__` is none of the type that `__type__` names.
    public static let malformedType = Code(value: .malformedType)
    /// The value to be written is of a type that neither JSON nor kombu has a form for.
    public static let unsupportedValue = Code(value: .unsupportedValue)

    /// The code in words.
    public var description: String { value.rawValue }
  }

  /// What is wrong.
  public let code: Code
  /// Where: the offset in bytes from the start of the text; nil when the error is in writing.
  public let byteOffset: Int?
  /// What was expected there, or what else helps.
  public let detail: String

  /// Makes an error.
  public init(_ code: Code, byteOffset: Int? = nil, detail: String) {
    self.code = code
    self.byteOffset = byteOffset
    self.detail = detail
  }

  /// What is wrong, where, and what was expected.
  public var description: String {
    let place = byteOffset.map { " at byte \($0)" } ?? ""
    return "JSON: \(code)\(place): \(detail)"
  }
}
