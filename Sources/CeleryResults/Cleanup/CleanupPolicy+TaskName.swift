extension CleanupPolicy {
  /// The name of a task, or how names of tasks begin: `proj.add`, `proj.*`.
  public struct TaskName: Hashable, Sendable {
    /// The name, or its beginning without the `*`.
    public let text: String
    /// Whether names that go on after `text` fit.
    public let isBeginning: Bool

    /// Makes a name of a text.
    ///
    /// A `*` at the end stands for any text, anywhere else for itself.
    public init(_ text: String) {
      isBeginning = text.unicodeScalars.last == "*"
      self.text = isBeginning ? String(String.UnicodeScalarView(text.unicodeScalars.dropLast())) : text
    }

    /// Whether the name of a task fits.
    public func fits(_ name: String) -> Bool {
      let (own, name) = (text.unicodeScalars, name.unicodeScalars)
      return isBeginning ? name.starts(with: own) : name.elementsEqual(own)
    }

    /// Whether this one counts where both fit; of those of which never both fit the order is arbitrary.
    func isMoreExact(than other: TaskName) -> Bool {
      if isBeginning != other.isBeginning { return other.isBeginning }
      let (own, others) = (text.unicodeScalars.count, other.text.unicodeScalars.count)
      return own != others ? own > others : text < other.text
    }
  }
}

extension CleanupPolicy.TaskName: ExpressibleByStringLiteral {
  /// Makes a name of a string literal.
  public init(stringLiteral value: String) {
    self.init(value)
  }
}
