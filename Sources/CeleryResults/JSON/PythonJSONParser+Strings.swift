extension PythonJSONParser {
  /// Reads a string in quotes.
  mutating func string() throws(PythonJSONError) -> PythonString {
    position += 1
    let start = position
    position = bytes.endOfPlainText(from: start)
    var seen: UInt8 = 0
    while let byte = current {
      if byte == UInt8(ascii: "\"") {
        let text = try text(from: start, isASCII: seen < 0x80)
        position += 1
        return PythonString(text)
      }
      if byte == UInt8(ascii: "\\") {
        return try stringWithEscapes(from: start)
      }
      guard byte >= 0x20 else { throw controlCharacter }
      seen |= byte
      position += 1
    }
    throw unterminated
  }

  private var controlCharacter: PythonJSONError {
    error(.syntax, "expected no control character in a string")
  }

  var unterminated: PythonJSONError {
    error(.unexpectedEnd, "expected a closing quote")
  }

  private func invalidUTF8(from start: Int) -> PythonJSONError {
    PythonJSONError(.invalidUTF8, byteOffset: start, detail: "expected UTF-8 in this string")
  }

  /// The bytes from `start` up to the position as text.
  private func text(from start: Int, isASCII: Bool = false) throws(PythonJSONError) -> String {
    let slice = UnsafeBufferPointer(rebasing: bytes[start..<position])
    if isASCII { return String(decoding: slice, as: UTF8.self) }
    guard let text = String(validating: slice, as: UTF8.self) else { throw invalidUTF8(from: start) }
    return text
  }

  /// Reads a string from its first byte on, with escapes in it.
  private mutating func stringWithEscapes(from start: Int) throws(PythonJSONError) -> PythonString {
    position = start
    var utf8: [UInt8] = []
    while let byte = current, byte != UInt8(ascii: "\"") {
      guard byte == UInt8(ascii: "\\") else {
        utf8.append(contentsOf: bytes[try unescapedRun()])
        continue
      }
      guard case .scalar(let scalar) = try escape() else {
        // A Swift string cannot hold a surrogate without a partner.
        return try stringWithLoneSurrogates(from: start)
      }
      Self.append(scalar, to: &utf8)
    }
    guard current != nil else { throw unterminated }
    guard let text = String(validating: utf8, as: UTF8.self) else { throw invalidUTF8(from: start) }
    position += 1
    return PythonString(text)
  }

  private static func append(_ scalar: Unicode.Scalar, to utf8: inout [UInt8]) {
    switch scalar.value {
    case 0..<0x80:
      utf8.append(UInt8(scalar.value))
    case 0x80..<0x800:
      utf8.append(UInt8(0xC0 | scalar.value >> 6))
      utf8.append(UInt8(0x80 | scalar.value & 0x3F))
    case 0x800..<0x10000:
      utf8.append(UInt8(0xE0 | scalar.value >> 12))
      utf8.append(UInt8(0x80 | scalar.value >> 6 & 0x3F))
      utf8.append(UInt8(0x80 | scalar.value & 0x3F))
    default:
      utf8.append(UInt8(0xF0 | scalar.value >> 18))
      utf8.append(UInt8(0x80 | scalar.value >> 12 & 0x3F))
      utf8.append(UInt8(0x80 | scalar.value >> 6 & 0x3F))
      utf8.append(UInt8(0x80 | scalar.value & 0x3F))
    }
  }

  private mutating func stringWithLoneSurrogates(from start: Int) throws(PythonJSONError) -> PythonString {
    position = start
    var units: [UInt16] = []
    while let byte = current, byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\") {
        switch try escape() {
        case .scalar(let scalar): units.append(contentsOf: scalar.utf16)
        case .loneSurrogate(let unit): units.append(unit)
        }
      } else {
        let runStart = position
        _ = try unescapedRun()
        units.append(contentsOf: try text(from: runStart).utf16)
      }
    }
    guard current != nil else { throw unterminated }
    position += 1
    return PythonString(utf16: units)
  }

  private mutating func unescapedRun() throws(PythonJSONError) -> Range<Int> {
    let start = position
    position = bytes.endOfPlainText(from: position)
    while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
      guard byte >= 0x20 else { throw controlCharacter }
      position += 1
    }
    return start..<position
  }
}
