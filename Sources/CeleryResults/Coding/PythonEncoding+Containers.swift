/// Encodes the members of an object.
struct PythonKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoding: PythonEncoding
  var codingPath: [any CodingKey] { encoding.codingPath }

  func encodeNil(forKey key: Key) throws {
    encoding.set(.null, forKey: key.stringValue)
  }

  func encode(_ value: Bool, forKey key: Key) throws {
    encoding.set(.bool(value), forKey: key.stringValue)
  }

  func encode(_ value: String, forKey key: Key) throws {
    encoding.set(.string(value), forKey: key.stringValue)
  }

  // The most frequent one is named, so that it is not written by way of a generic function.
  func encode(_ value: Int, forKey key: Key) throws {
    encoding.set(.integer(Int64(value)), forKey: key.stringValue)
  }

  func encode(_ value: some BinaryFloatingPoint & Encodable, forKey key: Key) throws {
    encoding.set(.double(Double(value)), forKey: key.stringValue)
  }

  func encode(_ value: some BinaryInteger & Encodable, forKey key: Key) throws {
    encoding.set(PythonValue(value), forKey: key.stringValue)
  }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    let encoded = try PythonEncoding.encode(value, at: .member(key, of: encoding.place))
    encoding.set(encoded, forKey: key.stringValue)
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
  var codingPath: [any CodingKey] { encoding.codingPath }

  var count: Int {
    if case .array(let elements) = encoding.state { elements.count } else { 0 }
  }

  func encodeNil() throws {
    encoding.append(.null)
  }

  func encode(_ value: Bool) throws {
    encoding.append(.bool(value))
  }

  func encode(_ value: String) throws {
    encoding.append(.string(value))
  }

  func encode(_ value: some BinaryFloatingPoint & Encodable) throws {
    encoding.append(.double(Double(value)))
  }

  func encode(_ value: some BinaryInteger & Encodable) throws {
    encoding.append(PythonValue(value))
  }

  func encode(_ value: some Encodable) throws {
    encoding.append(try PythonEncoding.encode(value, at: .element(count, of: encoding.place)))
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

/// Encodes one value that is no container.
struct PythonSingleValueEncoding: SingleValueEncodingContainer {
  let encoding: PythonEncoding
  var codingPath: [any CodingKey] { encoding.codingPath }

  func encodeNil() throws {
    encoding.state = .value(.null)
  }

  func encode(_ value: Bool) throws {
    encoding.state = .value(.bool(value))
  }

  func encode(_ value: String) throws {
    encoding.state = .value(.string(value))
  }

  func encode(_ value: some BinaryFloatingPoint & Encodable) throws {
    encoding.state = .value(.double(Double(value)))
  }

  func encode(_ value: some BinaryInteger & Encodable) throws {
    encoding.state = .value(PythonValue(value))
  }

  func encode(_ value: some Encodable) throws {
    try encoding.encode(value)
  }
}
