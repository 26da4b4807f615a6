/// The escapes in the text forms of protocol 0.
enum PickleEscapes {
  /// Reads a string literal of Python, quotes included; nil when it is none.
  static func string(_ literal: ArraySlice<UInt8>) -> [UInt8]? {
    guard literal.count >= 2, let quote = literal.first, literal.last == quote,
      quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
    else { return nil }
    var rest = literal.dropFirst().dropLast()
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      guard let escape = rest.popFirst() else { return nil }
      switch escape {
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "a"): bytes.append(0x07)
      case UInt8(ascii: "b"): bytes.append(0x08)
      case UInt8(ascii: "f"): bytes.append(0x0C)
      case UInt8(ascii: "v"): bytes.append(0x0B)
      case UInt8(ascii: "x"):
        guard let value = hexadecimal(&rest, digits: 2) else { return nil }
        bytes.append(UInt8(value))
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        var value = UInt16(escape & 7)
        for _ in 0..<2 {
          guard let digit = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit) else { break }
          value = value << 3 | UInt16(digit & 7)
          rest = rest.dropFirst()
        }
        bytes.append(UInt8(truncatingIfNeeded: value))
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): bytes.append(escape)
      default: bytes += [UInt8(ascii: "\\"), escape]
      }
    }
    return bytes
  }

  /// Reads text in Latin-1 with `\u` and four, or `\U` and eight digits (`raw-unicode-escape`); nil when an escape is none.
  static func rawUnicode(_ line: ArraySlice<UInt8>) -> PythonString? {
    var rest = line
    var units: [UInt16] = []
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = rest.first,
        next == UInt8(ascii: "u") || next == UInt8(ascii: "U")
      else {
        units.append(UInt16(byte))
        if byte == UInt8(ascii: "\\"), rest.first == byte, let second = rest.popFirst() {
          units.append(UInt16(second))
        }
        continue
      }
      rest = rest.dropFirst()
      guard let value = hexadecimal(&rest, digits: next == UInt8(ascii: "u") ? 4 : 8) else { return nil }
      if let scalar = Unicode.Scalar(value) {
        units.append(contentsOf: scalar.utf16)
      } else if let unit = UInt16(exactly: value) {
        units.append(unit)
      } else {
        return nil
      }
    }
    return PythonString(utf16: units)
  }

  private static func hexadecimal(_ rest: inout ArraySlice<UInt8>, digits: Int) -> UInt32? {
    let text = rest.prefix(digits)
    guard text.count == digits, text.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
      return nil
    }
    rest = rest.dropFirst(digits)
    return UInt32(String(decoding: text, as: UTF8.self), radix: 16)
  }
}
