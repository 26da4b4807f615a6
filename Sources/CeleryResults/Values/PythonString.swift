/// A Python `str`: Unicode text that may hold surrogates without a partner, which a Swift `String` cannot.
///
/// Two values are equal when their code points are, as in Python. (Swift's own comparison also takes
/// canonically equivalent text, such as "é" in its two spellings, as equal.)
public struct PythonString: Sendable {
  enum Storage: Sendable {
    case text(String)
    /// Only for text that has a lone surrogate, so that equal text has one form.
    case utf16([UInt16])
  }

  let storage: Storage

  /// Makes a Python string of `text`.
  public init(_ text: String) {
    self.storage = .text(text)
  }

  /// Makes a Python string of UTF-16 code units, among which may be surrogates without a partner.
  public init(utf16 units: [UInt16]) {
    if let text = String(validating: units, as: UTF16.self) {
      self.storage = .text(text)
    } else {
      self.storage = .utf16(units)
    }
  }

  /// The text, or nil when it has a lone surrogate.
  public var text: String? {
    switch storage {
    case .text(let text): text
    case .utf16: nil
    }
  }

  /// The text as UTF-16 code units, with lone surrogates as they are.
  public var utf16: [UInt16] {
    switch storage {
    case .text(let text): Array(text.utf16)
    case .utf16(let units): units
    }
  }
}

extension PythonString: Hashable {
  /// Whether both have the same code points.
  public static func == (left: PythonString, right: PythonString) -> Bool {
    switch (left.storage, right.storage) {
    case (.text(let left), .text(let right)): hasSameBytes(left, right)
    case (.utf16(let left), .utf16(let right)): left == right
    default: false
    }
  }

  private static func hasSameBytes(_ left: String, _ right: String) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    return left.withBytes { left in right.withBytes { right in left.elementsEqual(right) } }
  }

  /// Hashes the code points.
  public func hash(into hasher: inout Hasher) {
    switch storage {
    case .text(var text):
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    case .utf16(let units):
      hasher.combine(units)
    }
  }
}

extension PythonString: ExpressibleByStringLiteral, CustomStringConvertible {
  /// Makes a Python string of a string literal.
  public init(stringLiteral value: String) {
    self.init(value)
  }

  /// The text, with U+FFFD in place of each lone surrogate.
  public var description: String {
    switch storage {
    case .text(let text): text
    case .utf16(let units): String(decoding: units, as: UTF16.self)
    }
  }
}
