extension PythonJSONParser {
  /// Reads a number, or `-Infinity`.
  mutating func number() throws(PythonJSONError) -> PythonValue {
    let start = position
    if current == UInt8(ascii: "-") {
      position += 1
      if current == UInt8(ascii: "I") { return try word("Infinity", .double(-.infinity)) }
    }
    if current == UInt8(ascii: "0") {
      position += 1
    } else if skipDigits() == 0 {
      throw error(.syntax, "expected a digit")
    }
    let hasFraction = skipFraction()
    let hasExponent = skipExponent()
    if !hasFraction && !hasExponent, let integer = shortInteger(from: start) { return .integer(integer) }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if !hasFraction && !hasExponent, let integer = PythonValue(integerDigits: text) {
      return integer
    }
    guard let double = Double(text) else { throw error(.syntax, "expected a number") }
    return .double(double)
  }

  /// The integer from `start` up to the position; nil when it has so many digits that it may not fit.
  private func shortInteger(from start: Int) -> Int64? {
    guard position - start <= 18 else { return nil }
    let isNegative = bytes[start] == UInt8(ascii: "-")
    var magnitude: Int64 = 0
    for digit in bytes[(isNegative ? start + 1 : start)..<position] {
      magnitude = magnitude &* 10 &+ Int64(digit &- 0x30)
    }
    return isNegative ? -magnitude : magnitude
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while let byte = current, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte {
      position += 1
    }
    return position - start
  }

  /// Skips a point and its digits.
  ///
  /// A point without digits is left standing, as Python does.
  private mutating func skipFraction() -> Bool {
    let start = position
    guard current == UInt8(ascii: ".") else { return false }
    position += 1
    if skipDigits() > 0 { return true }
    position = start
    return false
  }

  private mutating func skipExponent() -> Bool {
    let start = position
    guard current == UInt8(ascii: "e") || current == UInt8(ascii: "E") else { return false }
    position += 1
    if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
    if skipDigits() > 0 { return true }
    position = start
    return false
  }
}
