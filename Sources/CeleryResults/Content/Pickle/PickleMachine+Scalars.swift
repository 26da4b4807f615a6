extension PickleMachine {
  /// Reads the number of an object in the memo, in decimal digits.
  mutating func index() throws(ContentError) -> UInt64 {
    guard let index = UInt64(String(decoding: try line(), as: UTF8.self)) else {
      throw error(.malformed, "expected a number")
    }
    return index
  }

  /// Reads an integer or a float.
  mutating func numeral(_ opcode: PickleOpcode) throws(ContentError) -> PythonValue {
    switch opcode {
    case .binInt1: return .integer(Int64(try number(ofBytes: 1)))
    case .binInt2: return .integer(Int64(try number(ofBytes: 2)))
    case .binInt: return .integer(Int64(Int32(truncatingIfNeeded: try number(ofBytes: 4))))
    case .long1: return try integer(ofBytes: try number(ofBytes: 1))
    case .long4: return try integer(ofBytes: try number(ofBytes: 4))
    case .binFloat:
      return .double(Double(bitPattern: try take(8).reduce(0) { $0 << 8 | UInt64($1) }))
    case .float:
      let text = String(decoding: try line(), as: UTF8.self)
      guard text.utf8.count <= 400, let double = Double(text) else {
        throw error(.malformed, "expected a float")
      }
      return .double(double)
    default: return try integerLine(opcode)
    }
  }

  private mutating func integerLine(_ opcode: PickleOpcode) throws(ContentError) -> PythonValue {
    var text = try line()
    if opcode == .int && text.elementsEqual("01".utf8) { return .bool(true) }
    if opcode == .int && text.elementsEqual("00".utf8) { return .bool(false) }
    if text.last == UInt8(ascii: "L") { text = text.dropLast() }
    guard text.count <= limits.integerDigits + 1 else { throw integerTooLarge }
    guard let value = PythonValue(integerDigits: String(decoding: text, as: UTF8.self)) else {
      throw error(.malformed, "expected an integer")
    }
    return value
  }

  private mutating func integer(ofBytes count: UInt64) throws(ContentError) -> PythonValue {
    let bytes = try take(count)
    guard bytes.count <= limits.integerBytes else { throw integerTooLarge }
    return PythonValue(littleEndian: bytes)
  }

  private var integerTooLarge: ContentError {
    error(.tooLarge, "an integer has more than \(limits.integerDigits) digits")
  }

  /// Reads text or bytes.
  mutating func text(_ opcode: PickleOpcode) throws(ContentError) -> PythonValue {
    switch opcode {
    case .shortBinUnicode: return try unicode(try take(try number(ofBytes: 1)))
    case .binUnicode: return try unicode(try take(try number(ofBytes: 4)))
    case .binUnicode8: return try unicode(try take(try number(ofBytes: 8)))
    case .shortBinBytes: return .bytes(Array(try take(try number(ofBytes: 1))))
    case .binBytes: return .bytes(Array(try take(try number(ofBytes: 4))))
    case .binBytes8, .byteArray8: return .bytes(Array(try take(try number(ofBytes: 8))))
    case .shortBinString: return Self.string(Array(try take(try number(ofBytes: 1))))
    case .binString: return Self.string(Array(try take(try number(ofBytes: 4))))
    case .string:
      guard let bytes = PickleEscapes.string(try line()) else { throw error(.malformed, "expected a string") }
      return Self.string(bytes)
    default:
      guard let string = PickleEscapes.rawUnicode(try line()) else {
        throw error(.malformed, "expected text")
      }
      return .string(string)
    }
  }

  private func unicode(_ bytes: ArraySlice<UInt8>) throws(ContentError) -> PythonValue {
    guard let string = PythonString(surrogatePass: bytes) else {
      throw error(.malformed, "a text is not UTF-8")
    }
    return .string(string)
  }

  /// A `str` of Python 2: text when it is ASCII, otherwise bytes.
  private static func string(_ bytes: [UInt8]) -> PythonValue {
    guard bytes.allSatisfy({ $0 < 0x80 }) else { return .bytes(bytes) }
    return .string(PythonString(String(decoding: bytes, as: UTF8.self)))
  }
}
