extension PythonString {
  /// Reads UTF-8 in which lone surrogates are written as if they were characters (`surrogatepass`).
  ///
  /// Nil when the bytes are not even that.
  init?(surrogatePass bytes: ArraySlice<UInt8>) {
    if let text = String(validating: bytes, as: UTF8.self) {
      self.init(text)
      return
    }
    var units: [UInt16] = []
    var rest = bytes
    while let first = rest.first {
      let count: Int
      switch first {
      case 0..<0x80: count = 1
      case 0xC2..<0xE0: count = 2
      case 0xE0..<0xF0: count = 3
      case 0xF0..<0xF5: count = 4
      default: return nil
      }
      guard rest.count >= count else { return nil }
      let piece = rest.prefix(count)
      rest = rest.dropFirst(count)
      if let text = String(validating: piece, as: UTF8.self) {
        units.append(contentsOf: text.utf16)
      } else {
        guard count == 3, let unit = Self.surrogate(Array(piece)) else { return nil }
        units.append(unit)
      }
    }
    self.init(utf16: units)
  }

  /// The surrogate that three bytes stand for; nil when they stand for none.
  private static func surrogate(_ bytes: [UInt8]) -> UInt16? {
    guard bytes[0] == 0xED, (0xA0..<0xC0).contains(bytes[1]), (0x80..<0xC0).contains(bytes[2]) else {
      return nil
    }
    return 0xD000 | UInt16(bytes[1] & 0x3F) << 6 | UInt16(bytes[2] & 0x3F)
  }

  /// The text in UTF-8, lone surrogates written as if they were characters (`surrogatepass`).
  var surrogatePassBytes: [UInt8] {
    switch storage {
    case .text(let text): return Array(text.utf8)
    case .utf16(let units):
      var bytes: [UInt8] = []
      var rest = units[...]
      while let unit = rest.popFirst() {
        if UTF16.isLeadSurrogate(unit), let trail = rest.first, UTF16.isTrailSurrogate(trail) {
          rest = rest.dropFirst()
          bytes.append(contentsOf: String(decoding: [unit, trail], as: UTF16.self).utf8)
        } else if let scalar = Unicode.Scalar(unit) {
          bytes.append(contentsOf: String(scalar).utf8)
        } else {
          bytes.append(0xED)
          bytes.append(UInt8(0x80 | unit >> 6 & 0x3F))
          bytes.append(UInt8(0x80 | unit & 0x3F))
        }
      }
      return bytes
    }
  }
}
