extension PythonDecoding: SingleValueDecodingContainer {
  func decodeNil() -> Bool {
    value == .null
  }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard case .bool(let value) = value else { throw mismatch(type, expected: "bool") }
    return value
  }

  func decode(_ type: String.Type) throws -> String {
    guard case .string(let string) = value else { throw mismatch(type, expected: "str") }
    guard let text = string.text else {
      throw corrupted("The text has a surrogate without a partner, which a Swift String cannot hold.")
    }
    return text
  }

  func decode(_ type: Double.Type) throws -> Double {
    switch value {
    case .double(let value): return value
    case .integer(let value): return Double(value)
    case .bigInteger(let value):
      guard let double = Double(value.digits), double.isFinite else {
        throw corrupted("The int does not fit Double.")
      }
      return double
    default: throw mismatch(type, expected: "float")
    }
  }

  func decode(_ type: Float.Type) throws -> Float {
    let double = try decode(Double.self)
    let float = Float(double)
    guard float.isFinite || !double.isFinite else { throw corrupted("The float does not fit Float.") }
    return float
  }

  /// Decodes an integer of any size, also from a float without fraction.
  func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) throws -> Integer {
    let integer: Integer?
    switch value {
    case .integer(let value): integer = Integer(exactly: value)
    case .bigInteger(let value): integer = Integer(value.digits)
    case .double(let value): integer = Integer(exactly: value)
    default: throw mismatch(type, expected: "int")
    }
    guard let integer else { throw corrupted("The \(value.typeName) does not fit \(type).") }
    return integer
  }

  func decode(_ type: Int.Type) throws -> Int { try integer(type) }

  func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }

  func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }

  func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }

  func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }

  func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }

  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }

  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }

  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }

  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }

  @available(macOS 15, iOS 18, tvOS 18, watchOS 11, visionOS 2, *)
  func decode(_ type: Int128.Type) throws -> Int128 { try integer(type) }

  @available(macOS 15, iOS 18, tvOS 18, watchOS 11, visionOS 2, *)
  func decode(_ type: UInt128.Type) throws -> UInt128 { try integer(type) }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try unbox(type)
  }
}
