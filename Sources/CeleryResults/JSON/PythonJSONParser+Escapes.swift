extension PythonJSONParser {
  /// What one escape stands for.
  enum Escape {
    case scalar(Unicode.Scalar)
    case loneSurrogate(UInt16)
  }

  /// Reads one escape, the position being at its backslash.
  mutating func escape() throws(PythonJSONError) -> Escape {
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
