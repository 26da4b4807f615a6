extension YAMLReader {
  /// Reads a scalar in single quotes.
  mutating func singleQuoted() throws(ContentError) -> PythonString {
    position += 1
    var text: [UInt8] = []
    while let byte = current {
      if byte == UInt8(ascii: "'") {
        position += 1
        guard current == byte else { return PythonString(String(decoding: text, as: UTF8.self)) }
        text.append(byte)
        position += 1
      } else if Self.isBreak(byte) {
        try fold(into: &text)
      } else {
        text.append(byte)
        position += 1
      }
    }
    throw error(.unexpectedEnd, "a quote is not closed")
  }

  /// Reads a scalar in double quotes, with escapes.
  mutating func doubleQuoted() throws(ContentError) -> PythonString {
    position += 1
    // In UTF-8 with lone surrogates.
    var text: [UInt8] = []
    var kept = 0
    while let byte = current {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = PythonString(surrogatePass: text[...]) else {
          throw error(.malformed, "expected UTF-8")
        }
        return string
      case UInt8(ascii: "\\"):
        try escape(into: &text)
        kept = text.count
      case 0x0A, 0x0D:
        position -= 1
        try fold(into: &text, keeping: kept)
      default: text.append(byte)
      }
    }
    throw error(.unexpectedEnd, "a quote is not closed")
  }

  /// Reads the end of a line in quotes: one becomes a space, of more one is left out.
  private mutating func fold(into text: inout [UInt8], keeping kept: Int = 0) throws(ContentError) {
    while text.count > kept, text.last == 0x20 || text.last == 0x09 { text.removeLast() }
    let breaks = try skipBreaks()
    text += breaks == 1 ? [0x20] : Array(repeating: 0x0A, count: breaks - 1)
  }

  private mutating func skipBreaks() throws(ContentError) -> Int {
    var breaks = 0
    while Self.isBreak(current) {
      skipBreak()
      breaks += 1
      guard !isAtDocumentMarker else { throw error(.unexpectedEnd, "a quote is not closed") }
      skipSpaces()
    }
    return breaks
  }

  private mutating func escape(into text: inout [UInt8]) throws(ContentError) {
    guard let byte = current else { throw error(.unexpectedEnd, "a quote is not closed") }
    if Self.isBreak(byte) {
      text += Array(repeating: 0x0A, count: try skipBreaks() - 1)
      return
    }
    position += 1
    if let scalar = Self.escapes[byte] {
      text += Array(String(scalar).utf8)
      return
    }
    let count: Int
    switch byte {
    case UInt8(ascii: "x"): count = 2
    case UInt8(ascii: "u"): count = 4
    case UInt8(ascii: "U"): count = 8
    default: throw error(.malformed, "expected an escape that YAML has")
    }
    let digits = bytes[position..<min(position + count, bytes.count)]
    guard digits.count == count, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), value <= 0x10FFFF
    else { throw error(.malformed, "expected \(count) hexadecimal digits") }
    position += count
    if let scalar = Unicode.Scalar(value) {
      text += Array(String(scalar).utf8)
    } else {
      text += PythonString(utf16: [UInt16(value)]).surrogatePassBytes
    }
  }

  private static let escapes: [UInt8: Unicode.Scalar] = [
    UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "t"): "\t",
    0x09: "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{B}", UInt8(ascii: "f"): "\u{C}",
    UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}", 0x20: " ", UInt8(ascii: "\""): "\"",
    UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "N"): "\u{85}",
    UInt8(ascii: "_"): "\u{A0}",
    UInt8(ascii: "L"): "\u{2028}", UInt8(ascii: "P"): "\u{2029}",
  ]
}
