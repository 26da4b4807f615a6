/// A password. It prints as dots, in descriptions, in mirrors and in the debugger alike.
public struct Password: Sendable, Hashable, ExpressibleByStringLiteral {
  let value: String

  /// Makes a password of its text.
  public init(_ value: String) {
    self.value = value
  }

  public init(stringLiteral value: String) {
    self.init(value)
  }
}

extension Password: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "•••" }
  public var debugDescription: String { "•••" }
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
