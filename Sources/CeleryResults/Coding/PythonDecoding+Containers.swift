/// Decodes the members of an object.
struct PythonKeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let members: PythonObject
  let codingPath: [any CodingKey]

  var allKeys: [Key] {
    members.keys.compactMap { $0.text.flatMap(Key.init(stringValue:)) }
  }

  func contains(_ key: Key) -> Bool {
    members[PythonString(key.stringValue)] != nil
  }

  func decodeNil(forKey key: Key) throws -> Bool {
    try member(key).value == .null
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try member(key).unbox(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type,
    forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try member(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try member(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder {
    let key = NameKey(stringValue: "super")
    return PythonDecoding(value: members["super"] ?? .null, codingPath: codingPath + [key])
  }

  func superDecoder(forKey key: Key) throws -> any Decoder {
    try member(key)
  }

  private func member(_ key: Key) throws -> PythonDecoding {
    guard let value = members[PythonString(key.stringValue)] else {
      let context = DecodingError.Context(
        codingPath: codingPath,
        debugDescription: "The dict has no key \(key.stringValue)."
      )
      throw DecodingError.keyNotFound(key, context)
    }
    return PythonDecoding(value: value, codingPath: codingPath + [key])
  }
}

/// Decodes the elements of an array.
struct PythonUnkeyedDecoding: UnkeyedDecodingContainer {
  let elements: [PythonValue]
  let codingPath: [any CodingKey]
  private(set) var currentIndex = 0

  init(elements: [PythonValue], codingPath: [any CodingKey]) {
    self.elements = elements
    self.codingPath = codingPath
  }

  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  mutating func decodeNil() throws -> Bool {
    guard try current(Never?.self).value == .null else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let value = try current(type).unbox(type)
    currentIndex += 1
    return value
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    let container = try current(PythonObject.self).container(keyedBy: type)
    currentIndex += 1
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try current([PythonValue].self).unkeyedContainer()
    currentIndex += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let decoder = try current((any Decoder).self)
    currentIndex += 1
    return decoder
  }

  private func current(_ type: Any.Type) throws -> PythonDecoding {
    let path = codingPath + [IndexKey(intValue: currentIndex)]
    guard !isAtEnd else {
      let context = DecodingError.Context(
        codingPath: path,
        debugDescription: "The list has only \(elements.count) elements."
      )
      throw DecodingError.valueNotFound(type, context)
    }
    return PythonDecoding(value: elements[currentIndex], codingPath: path)
  }
}
