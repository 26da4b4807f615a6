#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension YAMLReader {
  /// Adds a scalar as what its tag says, or when it is plain as what it looks like.
  mutating func scalar(
    _ text: PythonString,
    isPlain: Bool = false,
    _ own: Properties
  ) throws(ContentError) -> Reference {
    let value = try value(text, isPlain: isPlain, tag: own.tag)
    let reference = value == .null ? ContentGraph.none : graph.add(.value(value))
    if let anchor = own.anchor { anchors[anchor] = reference }
    return reference
  }

  private func value(
    _ text: PythonString,
    isPlain: Bool,
    tag: String?
  ) throws(ContentError) -> PythonValue {
    switch tag {
    case nil where isPlain: return try checked(YAMLScalar.value(text.description, limits: limits))
    case nil, "!", "str": return .string(text)
    case "null": return .null
    case "binary":
      guard let data = text.text.flatMap({ Data(base64Encoded: $0, options: .ignoreUnknownCharacters) })
      else {
        throw error(.malformed, "!!binary wants base64")
      }
      return .bytes(Array(data))
    case "bool", "int", "float", "timestamp":
      let value = try checked(YAMLScalar.value(text.description, limits: limits))
      switch (tag, value) {
      case ("bool", .bool), ("int", .integer), ("int", .bigInteger), ("float", .double),
        ("timestamp", .date), ("timestamp", .datetime):
        return value
      case ("float", .integer(let integer)): return .double(Double(integer))
      default: throw error(.malformed, "a scalar is not what its tag says")
      }
    default: throw unknownTag
    }
  }

  private func checked(_ value: PythonValue?) throws(ContentError) -> PythonValue {
    guard let value else { throw error(.malformed, "a date or number is none") }
    return value
  }

  private var unknownTag: ContentError {
    error(.refused, "a tag is none that safe_load of PyYAML reads")
  }

  /// Makes of a collection what its tag says.
  mutating func tagged(_ reference: Reference, _ own: Properties) throws(ContentError) -> Reference {
    switch own.tag {
    case nil, "!", "seq", "map": return reference
    case "set":
      let parts = graph.parts(of: reference)
      let keys = stride(from: 0, to: parts.count, by: 2).map { parts[$0] }
      return register(graph.add(.set, keys), own)
    case "omap", "pairs":
      // A list of mappings that have one key each.
      let pairs = graph.parts(of: reference).map { graph.add(.tuple, Array(graph.parts(of: $0).prefix(2))) }
      return register(graph.add(.list, pairs), own)
    default: throw unknownTag
    }
  }

  private mutating func register(_ reference: Reference, _ own: Properties) -> Reference {
    if let anchor = own.anchor { anchors[anchor] = reference }
    return reference
  }
}
