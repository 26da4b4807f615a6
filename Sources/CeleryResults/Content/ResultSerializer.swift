#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One of Celery's serialisers, by its name there: `json`, `pickle`, `yaml`, `msgpack`.
///
/// Source: `kombu.serialization`, and `encode_content` and `decode_content` of django-celery-results' backend.
public struct ResultSerializer: Hashable, Sendable, CustomStringConvertible {
  private enum Value: String, CaseIterable {
    case json, pickle, yaml, msgpack
  }

  private let value: Value

  /// JSON with kombu's own types, Celery's default.
  public static let json = ResultSerializer(value: .json)
  /// Python's pickle.
  public static let pickle = ResultSerializer(value: .pickle)
  /// YAML.
  public static let yaml = ResultSerializer(value: .yaml)
  /// MessagePack.
  public static let msgpack = ResultSerializer(value: .msgpack)

  /// All of them.
  public static let all: [ResultSerializer] = Value.allCases.map(ResultSerializer.init(value:))

  private init(value: Value) {
    self.value = value
  }

  /// Finds a serialiser by its name or its content type; nil for another one.
  public init?(_ name: String) {
    guard let found = Self.all.first(where: { $0.name == name || $0.contentType.rawValue == name }) else {
      return nil
    }
    self = found
  }

  /// Finds the serialiser of a content type; nil for another one.
  public init?(_ contentType: ContentType) {
    if contentType == .json {
      self = .json
    } else {
      self.init(contentType.rawValue)
    }
  }

  /// The name.
  public var name: String { value.rawValue }

  /// The name.
  public var description: String { name }

  /// What its results are stored as.
  public var contentType: ContentType {
    switch value {
    case .json: .json
    case .pickle: .pickle
    case .yaml: .yaml
    case .msgpack: .msgpack
    }
  }

  /// How they are encoded: text in UTF-8, or bytes.
  public var contentEncoding: ContentEncoding {
    switch value {
    case .json, .yaml: .utf8
    case .pickle, .msgpack: .binary
    }
  }

  /// The column meta of a result without a request, in JSON: nothing is known of children.
  static let unknownChildrenInJSON = #"{"children": null}"#

  /// Writes a value as a column holds it: bytes in base64.
  ///
  /// - Throws: `PythonJSONError` or `ContentError` when this serialiser has no form for the value.
  public func encode(_ value: PythonValue) throws -> String {
    switch self.value {
    case .json: try PythonJSON.encode(value)
    case .yaml: try YAML.encode(value)
    case .pickle: Data(try Pickle.encode(value)).base64EncodedString()
    case .msgpack: Data(try MessagePack.encode(value)).base64EncodedString()
    }
  }

  /// Reads a value that a column holds.
  ///
  /// - Parameters:
  ///   - text: The text in the column.
  ///   - contentEncoding: What is stored beside it; `binary` means base64.
  /// - Throws: `PythonJSONError` or `ContentError` when the text is not what it should be.
  public func decode(_ text: String, contentEncoding: ContentEncoding) throws -> PythonValue {
    guard contentEncoding == .binary else {
      return self == .json ? try PythonJSON.decode(text) : try decode(Array(text.utf8))
    }
    // As in Python, what is none of base64's characters is passed over.
    guard let bytes = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else {
      throw ContentError(.malformed, in: name, detail: "the column holds no base64")
    }
    return try decode(Array(bytes))
  }

  /// Reads a value from bytes.
  ///
  /// - Throws: `PythonJSONError` or `ContentError` when the bytes are not what they should be.
  public func decode(_ bytes: [UInt8]) throws -> PythonValue {
    switch value {
    case .json: try PythonJSON.decode(bytes)
    case .pickle: try Pickle.decode(bytes)
    case .yaml: try YAML.decode(bytes)
    case .msgpack: try MessagePack.decode(bytes)
    }
  }
}
