/// A password.
///
/// It prints as dots, in descriptions, in mirrors and in the debugger alike.
public struct Password: Sendable, Hashable, ExpressibleByStringLiteral {
  let value: String

  /// Makes a password of its text.
  public init(_ value: String) {
    self.value = value
  }

  /// Makes a password of its text.
  public init(stringLiteral value: String) {
    self.init(value)
  }
}

extension Password: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The name of the code.
  public var description: String { "•••" }
  /// Nothing of the password.
  public var debugDescription: String { "•••" }
  /// Nothing of the password.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
