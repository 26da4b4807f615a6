/// A server's version number: major, minor and patch.
public struct ServerVersion: Sendable, Hashable {
  /// The first number.
  public var major: Int
  /// The second number, 0 where the text has none.
  public var minor: Int
  /// The third number, 0 where the text has none.
  public var patch: Int

  /// Makes a version from its numbers.
  public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Reads the number that `text` starts with and ignores what follows it, such as `-0ubuntu`.
  ///
  /// - Returns: nil when the text does not start with a number.
  public init?(parsing text: some StringProtocol) {
    let digits = text.prefix { $0 == "." || ("0"..."9").contains($0) }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard let first = parts.first, let major = Int(first) else { return nil }
    func number(at position: Int) -> Int? {
      position < parts.count && !parts[position].isEmpty ? Int(parts[position]) : 0
    }
    guard let minor = number(at: 1), let patch = number(at: 2) else { return nil }
    self.init(major, minor, patch)
  }
}

extension ServerVersion: Comparable {
  /// Compares number by number.
  public static func < (left: ServerVersion, right: ServerVersion) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}

extension ServerVersion: CustomStringConvertible {
  /// The version as servers write it: `10.11.18`.
  public var description: String { "\(major).\(minor).\(patch)" }
}
