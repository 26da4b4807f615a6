/// What a stored result is written in, by its MIME type, as the column `content_type` holds it.
///
/// The set is open: kombu can be taught other serialisers. Source: `kombu.serialization`.
public struct ContentType: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  /// The MIME type.
  public let rawValue: String

  /// Makes a content type of its MIME type.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Makes a content type of a string literal.
  public init(stringLiteral value: String) {
    self.rawValue = value
  }

  /// JSON, Celery's default.
  public static let json: ContentType = "application/json"
  /// Python's pickle.
  public static let pickle: ContentType = "application/x-python-serialize"
  /// YAML.
  public static let yaml: ContentType = "application/x-yaml"
  /// MessagePack.
  public static let msgpack: ContentType = "application/x-msgpack"

  /// The MIME type.
  public var description: String { rawValue }
}

/// How the text of a stored result became bytes, as the column `content_encoding` holds it.
public struct ContentEncoding: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  /// The name of the encoding.
  public let rawValue: String

  /// Makes an encoding of its name.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Makes an encoding of a string literal.
  public init(stringLiteral value: String) {
    self.rawValue = value
  }

  /// Text in UTF-8.
  public static let utf8: ContentEncoding = "utf-8"
  /// Bytes, which the columns hold in base64.
  public static let binary: ContentEncoding = "binary"

  /// The name of the encoding.
  public var description: String { rawValue }
}
