/// Decodes one value.
struct PythonDecoding: Decoder {
  let value: PythonValue
  let place: CodingPlace
  var codingPath: [any CodingKey] { place.path }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    let members: PythonObject
    switch value {
    case .object(let value): members = value
    case .dictionary(let value):
      // Swift's dictionaries read keys as text, integers included.
      members = PythonObject(value.compactMap { member in member.key.jsonKey.map { ($0, member.value) } })
      guard members.count == value.count else {
        throw self.value.corrupted("The dict has keys that are no text or numbers.", at: place)
      }
    default: throw value.mismatch(type, expected: "dict", at: place)
    }
    return KeyedDecodingContainer(PythonKeyedDecoding(members: members, place: place))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    switch value {
    case .array(let elements), .tuple(let elements):
      return PythonUnkeyedDecoding(elements: elements, place: place)
    case .set(let set): return PythonUnkeyedDecoding(elements: set.elements, place: place)
    default: throw value.mismatch([PythonValue].self, expected: "list", at: place)
    }
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    self
  }
}

extension PythonDecoding: SingleValueDecodingContainer {
  func decodeNil() -> Bool {
    value == .null
  }

  func decode(_ type: Bool.Type) throws -> Bool {
    try value.decode(type, at: place)
  }

  func decode(_ type: String.Type) throws -> String {
    try value.decode(type, at: place)
  }

  func decode(_ type: Double.Type) throws -> Double {
    try value.decode(type, at: place)
  }

  func decode(_ type: Float.Type) throws -> Float {
    try value.decode(type, at: place)
  }

  func decode<Integer: FixedWidthInteger & Decodable>(_ type: Integer.Type) throws -> Integer {
    try value.decode(integer: type, at: place)
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try value.decode(type, at: place)
  }
}
