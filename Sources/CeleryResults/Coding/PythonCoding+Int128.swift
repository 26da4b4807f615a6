// Swift's own containers refuse these two unless a container names them.

@available(macOS 15, iOS 18, tvOS 18, watchOS 11, visionOS 2, *)
extension PythonKeyedEncoding {
  func encode(_ value: Int128, forKey key: Key) throws {
    encoding.set(PythonValue(value), forKey: key.stringValue)
  }

  func encode(_ value: UInt128, forKey key: Key) throws {
    encoding.set(PythonValue(value), forKey: key.stringValue)
  }
}

@available(macOS 15, iOS 18, tvOS 18, watchOS 11, visionOS 2, *)
extension PythonUnkeyedEncoding {
  func encode(_ value: Int128) throws { encoding.append(PythonValue(value)) }

  func encode(_ value: UInt128) throws { encoding.append(PythonValue(value)) }
}

@available(macOS 15, iOS 18, tvOS 18, watchOS 11, visionOS 2, *)
extension PythonSingleValueEncoding {
  func encode(_ value: Int128) throws { encoding.state = .value(PythonValue(value)) }

  func encode(_ value: UInt128) throws { encoding.state = .value(PythonValue(value)) }
}

@available(macOS 15, iOS 18, tvOS 18, watchOS 11, visionOS 2, *)
extension PythonKeyedDecoding {
  func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try integer(type, forKey: key) }

  func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try integer(type, forKey: key) }
}

@available(macOS 15, iOS 18, tvOS 18, watchOS 11, visionOS 2, *)
extension PythonDecoding {
  func decode(_ type: Int128.Type) throws -> Int128 { try value.decode(integer: type, at: place) }

  func decode(_ type: UInt128.Type) throws -> UInt128 { try value.decode(integer: type, at: place) }
}

@available(macOS 15, iOS 18, tvOS 18, watchOS 11, visionOS 2, *)
extension PythonUnkeyedDecoding {
  mutating func decode(_ type: Int128.Type) throws -> Int128 { try integer(type) }

  mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try integer(type) }
}
