/// A date or a date and time in the spellings of YAML 1.1.
struct YAMLTimestamp {
  /// The date or datetime; nil when there is none such.
  let value: PythonValue?

  /// Reads text; nil when it does not look like a date.
  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    guard let year = Self.number(&rest, 4...4), Self.skip(&rest, "-"), let month = Self.number(&rest, 1...2),
      Self.skip(&rest, "-"), let day = Self.number(&rest, 1...2)
    else { return nil }
    let date = PythonDate(year: year, month: month, day: day)
    if rest.isEmpty {
      // Alone a date has two digits each.
      guard text.utf8.count == 10 else { return nil }
      value = date.map(PythonValue.date)
      return
    }
    let spaces = Self.skipSpaces(&rest)
    guard spaces || Self.skip(&rest, "T") || Self.skip(&rest, "t"), let hour = Self.number(&rest, 1...2),
      Self.skip(&rest, ":"), let minute = Self.number(&rest, 2...2), Self.skip(&rest, ":"),
      let second = Self.number(&rest, 2...2)
    else { return nil }
    var microsecond = 0
    if Self.skip(&rest, ".") {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest = rest.dropFirst(digits.count)
      for index in 0..<6 {
        let digit = index < digits.count ? Int(digits[digits.startIndex + index] & 0x0F) : 0
        microsecond = microsecond * 10 + digit
      }
    }
    let offset = Self.offset(&rest)
    guard rest.isEmpty else { return nil }
    let time = PythonTime(
      hour: hour,
      minute: minute,
      second: second,
      microsecond: microsecond,
      offsetMicroseconds: offset
    )
    value = date.flatMap { date in time.map { .datetime(PythonDateTime(date: date, time: $0)) } }
  }

  private static func offset(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    let before = rest
    _ = skipSpaces(&rest)
    if skip(&rest, "Z") { return 0 }
    let isNegative = skip(&rest, "-")
    if isNegative || skip(&rest, "+"), let hours = number(&rest, 1...2) {
      let minutes = skip(&rest, ":") ? number(&rest, 2...2) : 0
      if let minutes {
        let size = Int64(hours * 3600 + minutes * 60) * 1_000_000
        return isNegative ? -size : size
      }
    }
    rest = before
    return nil
  }

  private static func number(_ rest: inout ArraySlice<UInt8>, _ count: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix(count.upperBound).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard digits.count >= count.lowerBound else { return nil }
    rest = rest.dropFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
  }

  private static func skip(_ rest: inout ArraySlice<UInt8>, _ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private static func skipSpaces(_ rest: inout ArraySlice<UInt8>) -> Bool {
    let spaces = rest.prefix { $0 == 0x20 || $0 == 0x09 }
    rest = rest.dropFirst(spaces.count)
    return !spaces.isEmpty
  }
}
