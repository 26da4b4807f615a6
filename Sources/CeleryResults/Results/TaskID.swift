#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The id of a task: any text, by default a UUID as Celery's `uuid()` makes it.
public struct TaskID: RawRepresentable, Hashable, Sendable {
  /// The text of the id.
  public let rawValue: String

  /// Makes an id of `rawValue`.
  ///
  /// Any text is an id; a backend may limit its length.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Makes an id of `text`.
  public init(_ text: String) {
    self.rawValue = text
  }

  /// A new id, a random UUID in lower case, as Celery gives one to each task it sends.
  public static func random() -> TaskID {
    TaskID(rawValue: UUID().uuidString.lowercased())
  }
}

extension TaskID: Codable {
  /// Reads an id from a plain string.
  public init(from decoder: any Decoder) throws {
    self.rawValue = try decoder.singleValueContainer().decode(String.self)
  }

  /// Writes the id as a plain string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

extension TaskID: ExpressibleByStringLiteral, CustomStringConvertible {
  /// Makes an id of a string literal.
  public init(stringLiteral value: String) {
    self.rawValue = value
  }

  /// The text of the id.
  public var description: String { rawValue }
}
