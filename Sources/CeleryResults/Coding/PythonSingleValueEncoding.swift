/// Encodes one value.
struct PythonSingleValueEncoding: SingleValueEncodingContainer {
  let encoding: PythonEncoding
  let codingPath: [any CodingKey]

  func encodeNil() throws {
    encoding.state = .value(.null)
  }

  func encode(_ value: Bool) throws {
    encoding.state = .value(.bool(value))
  }

  func encode(_ value: String) throws {
    encoding.state = .value(.string(value))
  }

  func encode(_ value: Double) throws {
    encoding.state = .value(.double(value))
  }

  func encode(_ value: Float) throws {
    encoding.state = .value(.double(Double(value)))
  }

  func encode(_ value: Int) throws {
    encoding.state = .value(PythonValue(value))
  }

  func encode(_ value: Int8) throws {
    encoding.state = .value(PythonValue(value))
  }

  func encode(_ value: Int16) throws {
    encoding.state = .value(PythonValue(value))
  }

  func encode(_ value: Int32) throws {
    encoding.state = .value(PythonValue(value))
  }

  func encode(_ value: Int64) throws {
    encoding.state = .value(PythonValue(value))
  }

  func encode(_ value: UInt) throws {
    encoding.state = .value(PythonValue(value))
  }

  func encode(_ value: UInt8) throws {
    encoding.state = .value(PythonValue(value))
  }

  func encode(_ value: UInt16) throws {
    encoding.state = .value(PythonValue(value))
  }

  func encode(_ value: UInt32) throws {
    encoding.state = .value(PythonValue(value))
  }

  func encode(_ value: UInt64) throws {
    encoding.state = .value(PythonValue(value))
  }

  @available(macOS 15, iOS 18, tvOS 18, watchOS 11, visionOS 2, *)
  func encode(_ value: Int128) throws {
    encoding.state = .value(PythonValue(value))
  }

  @available(macOS 15, iOS 18, tvOS 18, watchOS 11, visionOS 2, *)
  func encode(_ value: UInt128) throws {
    encoding.state = .value(PythonValue(value))
  }

  func encode(_ value: some Encodable) throws {
    _ = try encoding.box(value)
  }
}
