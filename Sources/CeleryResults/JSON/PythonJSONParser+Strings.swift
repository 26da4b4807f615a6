extension PythonJSONParser {
  /// Reads a string in quotes.
  mutating func string() throws(PythonJSONError) -> PythonString {
    position += 1
    let start = position
    while let byte = current {
      if byte == UInt8(ascii: "\"") {
        let text = try text(from: start)
        position += 1
        return PythonString(text)
      }
      if byte == UInt8(ascii: "\\") {
        return try stringWithEscapes(from: start)
      }
      guard byte >= 0x20 else { throw controlCharacter }
      position += 1
    }
    throw unterminated
  }

  private var controlCharacter: PythonJSONError {
    error(.syntax, "expected no control character in a string")
  }

  private var unterminated: PythonJSONError {
    error(.unexpectedEnd, "expected a closing quote")
  }

  private func invalidUTF8(from start: Int) -> PythonJSONError {
    PythonJSONError(.invalidUTF8, byteOffset: start, detail: "expected UTF-8 in this string")
  }

  /// The bytes from `start` up to the position as text.
  private func text(from start: Int) throws(PythonJSONError) -> String {
    let slice = UnsafeBufferPointer(rebasing: bytes[start..<position])
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
      if scalar.isASCII {
        utf8.append(UInt8(scalar.value))
      } else {
        utf8.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
      }
    }
    guard current != nil else { throw unterminated }
    guard let text = String(validating: utf8, as: UTF8.self) else { throw invalidUTF8(from: start) }
    position += 1
    return PythonString(text)
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
    while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
      guard byte >= 0x20 else { throw controlCharacter }
      position += 1
    }
    return start..<position
  }

  /// What one escape stands for.
  private enum Escape {
    case scalar(Unicode.Scalar)
    case loneSurrogate(UInt16)
  }

  private mutating func escape() throws(PythonJSONError) -> Escape {
    position += 1
    guard let byte = current else { throw unterminated }
    let plain: UInt8
    switch byte {
    case UInt8(ascii: "u"):
      position += 1
      return try unicodeEscape()
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = byte
    case UInt8(ascii: "b"): plain = 0x08
    case UInt8(ascii: "f"): plain = 0x0C
    case UInt8(ascii: "n"): plain = 0x0A
    case UInt8(ascii: "r"): plain = 0x0D
    case UInt8(ascii: "t"): plain = 0x09
    default: throw error(.syntax, "expected an escape that JSON has")
    }
    position += 1
    return .scalar(Unicode.Scalar(plain))
  }

  private mutating func unicodeEscape() throws(PythonJSONError) -> Escape {
    let unit = try hexadecimalUnit()
    if let scalar = Unicode.Scalar(unit) { return .scalar(scalar) }
    let afterUnit = position
    if UTF16.isLeadSurrogate(unit), position + 1 < bytes.count, current == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    {
      position += 2
      let trail = try hexadecimalUnit()
      if UTF16.isTrailSurrogate(trail) {
        let offset = UInt32(unit & 0x3FF) << 10 | UInt32(trail & 0x3FF)
        if let scalar = Unicode.Scalar(0x10000 + offset) { return .scalar(scalar) }
      }
      position = afterUnit
    }
    return .loneSurrogate(unit)
  }

  private mutating func hexadecimalUnit() throws(PythonJSONError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch current {
      case .some(let byte) where UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte: digit = byte - 0x30
      case .some(let byte) where UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte: digit = byte - 0x61 + 10
      case .some(let byte) where UInt8(ascii: "A")...UInt8(ascii: "F") ~= byte: digit = byte - 0x41 + 10
      default: throw error(.syntax, "expected four hexadecimal digits")
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}
