extension PythonJSONWriter {
  /// Writes a string in quotes.
  mutating func write(_ string: PythonString) {
    output.append(UInt8(ascii: "\""))
    switch string.storage {
    case .text(let text):
      switch style {
      case .python: text.withBytes { writeASCII($0) }
      case .readable: for scalar in text.unicodeScalars { writeReadably(scalar) }
      }
    case .utf16(let units):
      switch style {
      case .python: for unit in units { writeASCII(unit) }
      case .readable: writeReadably(units)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  /// Writes UTF-8 text in ASCII, what needs no escape in runs.
  private mutating func writeASCII(_ utf8: UnsafeBufferPointer<UInt8>) {
    var start = 0
    var position = utf8.endOfPlainText(from: 0)
    if position == utf8.count { return output.append(utf8) }
    while position < utf8.count {
      let byte = utf8[position]
      if byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") {
        position += 1
        continue
      }
      output.append(UnsafeBufferPointer(rebasing: utf8[start..<position]))
      var scalar = UInt32(byte)
      position += 1
      if byte >= 0x80 {
        // A Swift string's bytes are valid: the first one tells how many follow.
        let following = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3
        scalar = UInt32(byte & (0x3F >> UInt8(following)))
        for next in utf8[position..<min(position + following, utf8.count)] {
          scalar = scalar << 6 | UInt32(next & 0x3F)
        }
        position += following
      }
      if let scalar = Unicode.Scalar(scalar) { writeASCII(scalar) }
      start = position
      position = utf8.endOfPlainText(from: start)
    }
    output.append(UnsafeBufferPointer(rebasing: utf8[start..<position]))
  }

  private mutating func writeASCII(_ unit: UInt16) {
    switch unit {
    case 0x22: output.append(literal: "\\\"")
    case 0x5C: output.append(literal: "\\\\")
    case 0x0A: output.append(literal: "\\n")
    case 0x0D: output.append(literal: "\\r")
    case 0x09: output.append(literal: "\\t")
    case 0x0C: output.append(literal: "\\f")
    case 0x08: output.append(literal: "\\b")
    case 0x20..<0x7F: output.append(UInt8(unit))
    default: escape(unit)
    }
  }

  private mutating func escape(_ unit: UInt16) {
    output.append(literal: "\\u")
    let digits: StaticString = "0123456789abcdef"
    for shift in [12, 8, 4, 0] as [UInt16] {
      output.append(digits.utf8Start[Int(unit >> shift & 0xF)])
    }
  }

  private mutating func writeReadably(_ scalar: Unicode.Scalar) {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: writeASCII(scalar)
    default:
      if scalar.isASCII || scalar.properties.isBidiControl { return writeASCII(scalar) }
      output.append(String(scalar))
    }
  }

  private mutating func writeASCII(_ scalar: Unicode.Scalar) {
    for unit in scalar.utf16 { writeASCII(unit) }
  }

  private mutating func writeReadably(_ units: [UInt16]) {
    var rest = units[...]
    while let unit = rest.popFirst() {
      if UTF16.isLeadSurrogate(unit), let trail = rest.first, UTF16.isTrailSurrogate(trail) {
        rest = rest.dropFirst()
        output.append(String(decoding: [unit, trail], as: UTF16.self))
      } else if let scalar = Unicode.Scalar(unit) {
        writeReadably(scalar)
      } else {
        escape(unit)
      }
    }
  }
}
