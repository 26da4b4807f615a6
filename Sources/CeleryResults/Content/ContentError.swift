/// Why stored bytes could not be read, or a value not be written, in pickle, MessagePack or YAML.
///
/// It never holds any of the content.
public struct ContentError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  ///
  /// The set may grow.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String {
      case malformed = "malformed content"
      case unexpectedEnd = "unexpected end"
      case nestingTooDeep = "nesting too deep"
      case tooLarge = "too large"
      case refused = "refused"
      case unsupportedValue = "a value that cannot be written"
    }

    private let value: Value

    /// The bytes are not what they should be.
    public static let malformed = Code(value: .malformed)
    /// The bytes end within a value.
    public static let unexpectedEnd = Code(value: .unexpectedEnd)
    /// Values are nested more deeply than the limit, or within themselves.
    public static let nestingTooDeep = Code(value: .nestingTooDeep)
    /// What the bytes stand for is larger than the limits allow.
    public static let tooLarge = Code(value: .tooLarge)
    /// The bytes ask for something that is never done.
    public static let refused = Code(value: .refused)
    /// The value is of a type that cannot be written in this way.
    public static let unsupportedValue = Code(value: .unsupportedValue)

    /// The code in words.
    public var description: String { value.rawValue }
  }

  /// What is read or written, by its name: pickle, MessagePack, YAML.
  public let format: String
  /// What is wrong.
  public let code: Code
  /// Where: the offset in bytes from the start; nil when it is not known or the error is in writing.
  public let byteOffset: Int?
  /// What was expected there, or what else helps.
  public let detail: String

  /// Makes an error.
  public init(_ code: Code, in format: String, byteOffset: Int? = nil, detail: String) {
    self.format = format
    self.code = code
    self.byteOffset = byteOffset
    self.detail = detail
  }

  /// A value that is nested more deeply than can be written.
  static func writingTooDeep(in format: String, limit: Int) -> ContentError {
    ContentError(.nestingTooDeep, in: format, detail: "a value may be nested \(limit) deep")
  }

  /// What is wrong, where, and what was expected.
  public var description: String {
    let place = byteOffset.map { " at byte \($0)" } ?? ""
    return "\(format): \(code)\(place): \(detail)"
  }
}
