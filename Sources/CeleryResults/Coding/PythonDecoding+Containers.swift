/// Decodes the members of an object.
struct PythonKeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let members: PythonObject
  let place: CodingPlace
  var codingPath: [any CodingKey] { place.path }

  var allKeys: [Key] {
    members.keys.compactMap { $0.text.flatMap(Key.init(stringValue:)) }
  }

  func contains(_ key: Key) -> Bool {
    members[PythonString(key.stringValue)] != nil
  }

  func decodeNil(forKey key: Key) throws -> Bool {
    try member(key) == .null
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
    try member(key).decode(type, at: place(of: key))
  }

  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    try member(key).decode(type, at: place(of: key))
  }

  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    try member(key).decode(type, at: place(of: key))
  }

  func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
    try member(key).decode(type, at: place(of: key))
  }

  // The most frequent one is named, so that it is not read by way of a generic function.
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
    try member(key).decode(integer: type, at: place(of: key))
  }

  func decode<Integer: FixedWidthInteger & Decodable>(
    _ type: Integer.Type,
    forKey key: Key
  ) throws -> Integer {
    try integer(type, forKey: key)
  }

  func integer<Integer: FixedWidthInteger>(_ type: Integer.Type, forKey key: Key) throws -> Integer {
    try member(key).decode(integer: type, at: place(of: key))
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try member(key).decode(type, at: place(of: key))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type,
    forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoding(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoding(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder {
    let key = NameKey(stringValue: "super")
    return PythonDecoding(value: members["super"] ?? .null, place: .member(key, of: place))
  }

  func superDecoder(forKey key: Key) throws -> any Decoder {
    try decoding(key)
  }

  private func place(of key: Key) -> CodingPlace {
    .member(key, of: place)
  }

  private func decoding(_ key: Key) throws -> PythonDecoding {
    PythonDecoding(value: try member(key), place: place(of: key))
  }

  private func member(_ key: Key) throws -> PythonValue {
    let name = key.stringValue
    if let value = members[PythonString(name)] { return value }
    let context = DecodingError.Context(
      codingPath: codingPath,
      debugDescription: "The dict has no key \(name)."
    )
    throw DecodingError.keyNotFound(key, context)
  }
}

/// Decodes the elements of an array.
struct PythonUnkeyedDecoding: UnkeyedDecodingContainer {
  let elements: [PythonValue]
  let place: CodingPlace
  private(set) var currentIndex = 0

  init(elements: [PythonValue], place: CodingPlace) {
    self.elements = elements
    self.place = place
  }

  var codingPath: [any CodingKey] { place.path }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  mutating func decodeNil() throws -> Bool {
    guard try current(Never?.self) == .null else { return false }
    currentIndex += 1
    return true
  }

  /// Decodes an integer of any width.
  mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
    let value = try current(type).decode(integer: type, at: currentPlace)
    currentIndex += 1
    return value
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let value = try current(type).decode(type, at: currentPlace)
    currentIndex += 1
    return value
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    let container = try decoding(PythonObject.self).container(keyedBy: type)
    currentIndex += 1
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try decoding([PythonValue].self).unkeyedContainer()
    currentIndex += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let decoder = try decoding((any Decoder).self)
    currentIndex += 1
    return decoder
  }

  private var currentPlace: CodingPlace { .element(currentIndex, of: place) }

  private func decoding(_ type: Any.Type) throws -> PythonDecoding {
    PythonDecoding(value: try current(type), place: currentPlace)
  }

  private func current(_ type: Any.Type) throws -> PythonValue {
    guard isAtEnd else { return elements[currentIndex] }
    let context = DecodingError.Context(
      codingPath: currentPlace.path,
      debugDescription: "The list has only \(elements.count) elements."
    )
    throw DecodingError.valueNotFound(type, context)
  }
}
