/// A line of `SHOW WARNINGS`: what the server did otherwise than asked.
///
/// Source: the MySQL manual's "SHOW WARNINGS Statement".
public struct ServerWarning: Sendable, Hashable {
  /// `Note`, `Warning` or `Error`.
  public var level: String
  /// The error number, 1071 for a key that was cut, say.
  public var code: Int
  /// The message.
  ///
  /// It may quote data.
  public var message: String

  /// Makes a warning.
  public init(level: String, code: Int, message: String) {
    self.level = level
    self.code = code
    self.message = message
  }
}
