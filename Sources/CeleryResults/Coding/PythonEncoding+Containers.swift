/// Encodes the members of an object.
struct PythonKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoding: PythonEncoding
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) throws {
    encoding.member(key).state = .value(.null)
  }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    _ = try encoding.member(key).box(value)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type,
    forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    encoding.member(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoding.member(key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    encoding.member(NameKey(stringValue: "super"))
  }

  func superEncoder(forKey key: Key) -> any Encoder {
    encoding.member(key)
  }
}

/// Encodes the elements of an array.
struct PythonUnkeyedEncoding: UnkeyedEncodingContainer {
  let encoding: PythonEncoding
  let codingPath: [any CodingKey]

  var count: Int {
    if case .array(let elements) = encoding.state { elements.count } else { 0 }
  }

  func encodeNil() throws {
    encoding.element().state = .value(.null)
  }

  func encode(_ value: some Encodable) throws {
    _ = try encoding.element().box(value)
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    encoding.element().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    encoding.element().unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    encoding.element()
  }
}
