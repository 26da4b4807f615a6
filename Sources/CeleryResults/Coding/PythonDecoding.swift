#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Decodes one value.
struct PythonDecoding: Decoder {
  let value: PythonValue
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    let members: PythonObject
    switch value {
    case .object(let value): members = value
    case .dictionary(let value):
      // Swift's dictionaries read keys as text, integers included.
      members = PythonObject(value.compactMap { member in member.key.jsonKey.map { ($0, member.value) } })
      guard members.count == value.count else {
        throw corrupted("The dict has keys that are no text or numbers.")
      }
    default: throw mismatch(type, expected: "dict")
    }
    return KeyedDecodingContainer(PythonKeyedDecoding(members: members, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    switch value {
    case .array(let elements), .tuple(let elements):
      return PythonUnkeyedDecoding(elements: elements, codingPath: codingPath)
    case .set(let set): return PythonUnkeyedDecoding(elements: set.elements, codingPath: codingPath)
    default: throw mismatch([PythonValue].self, expected: "list")
    }
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    self
  }

  /// The error for a value of another type; it names the types and not the value.
  func mismatch(_ type: Any.Type, expected: String) -> DecodingError {
    let context = DecodingError.Context(
      codingPath: codingPath,
      debugDescription: "Expected a \(expected) but found a \(value.typeName)."
    )
    if case .null = value { return .valueNotFound(type, context) }
    return .typeMismatch(type, context)
  }

  /// The error for a value of the right type that does not fit.
  func corrupted(_ description: String) -> DecodingError {
    .dataCorrupted(DecodingError.Context(codingPath: codingPath, debugDescription: description))
  }
}
