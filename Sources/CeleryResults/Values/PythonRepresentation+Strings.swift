extension PythonRepresentation {
  /// The text as `repr` writes a `str`: in single quotes, or in double quotes if only those save escapes.
  static func text(_ string: PythonString) -> String {
    let units = string.utf16
    let quote = units.contains(0x27) && !units.contains(0x22) ? "\"" : "'"
    var text = quote
    var rest = units[...]
    while let unit = rest.popFirst() {
      if let scalar = Unicode.Scalar(unit) {
        text += escaped(scalar, quote: quote)
      } else if UTF16.isLeadSurrogate(unit), let trail = rest.first, UTF16.isTrailSurrogate(trail) {
        rest = rest.dropFirst()
        for scalar in String(decoding: [unit, trail], as: UTF16.self).unicodeScalars {
          text += escaped(scalar, quote: quote)
        }
      } else {
        text += "\\u" + hexadecimal(UInt32(unit), digits: 4)
      }
    }
    return text + quote
  }

  /// The bytes as `repr` writes a `bytes`.
  static func text(bytes: [UInt8]) -> String {
    let quote = bytes.contains(0x27) && !bytes.contains(0x22) ? "\"" : "'"
    let body = bytes.map { byte in
      byte < 0x80 ? escaped(Unicode.Scalar(byte), quote: quote) : "\\x" + hexadecimal(UInt32(byte), digits: 2)
    }
    return "b" + quote + body.joined() + quote
  }

  private static func escaped(_ scalar: Unicode.Scalar, quote: String) -> String {
    switch scalar {
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case _ where quote.unicodeScalars.first == scalar: "\\\(quote)"
    case _ where isPrintable(scalar): String(scalar)
    case _ where scalar.value < 0x100: "\\x" + hexadecimal(scalar.value, digits: 2)
    case _ where scalar.value < 0x10000: "\\u" + hexadecimal(scalar.value, digits: 4)
    default: "\\U" + hexadecimal(scalar.value, digits: 8)
    }
  }

  /// Whether Python's `str.isprintable` holds for the character.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return (0x20..<0x7F).contains(scalar.value) }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned: return false
    case .lineSeparator, .paragraphSeparator, .spaceSeparator: return false
    default: return true
    }
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
