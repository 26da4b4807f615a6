/// Reads dates and times as Python's `fromisoformat` does (Python 3.11 and later), week dates aside.
struct ISOFormatReader {
  private var rest: ArraySlice<UInt8>

  private init(_ text: String) {
    self.rest = Array(text.utf8)[...]
  }

  /// Reads a date, or a date and a time with any one character between them.
  static func dateTime(_ text: String) -> PythonDateTime? {
    var reader = ISOFormatReader(text)
    guard let date = reader.date() else { return nil }
    if reader.rest.isEmpty {
      return PythonTime(hour: 0, minute: 0).map { PythonDateTime(date: date, time: $0) }
    }
    reader.rest = reader.rest.dropFirst()
    guard let time = reader.time(), reader.rest.isEmpty else { return nil }
    return PythonDateTime(date: date, time: time)
  }

  /// Reads a time, with or without an offset from UTC.
  static func time(_ text: String) -> PythonTime? {
    var reader = ISOFormatReader(text)
    reader.skip("T")
    guard let time = reader.time(), reader.rest.isEmpty else { return nil }
    return time
  }

  private mutating func date() -> PythonDate? {
    guard let year = number(digits: 4) else { return nil }
    let isExtended = skip("-")
    guard let month = number(digits: 2), !isExtended || skip("-"), let day = number(digits: 2) else {
      return nil
    }
    return PythonDate(year: year, month: month, day: day)
  }

  private mutating func time() -> PythonTime? {
    guard let clock = clock() else { return nil }
    var offset: Int64?
    if skip("Z") {
      offset = 0
    } else if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      rest = rest.dropFirst()
      guard let size = self.clock() else { return nil }
      let seconds = size.hour * 3600 + size.minute * 60 + size.second
      let microseconds = Int64(seconds) * 1_000_000 + Int64(size.microsecond)
      offset = sign == UInt8(ascii: "-") ? -microseconds : microseconds
    }
    return PythonTime(
      hour: clock.hour,
      minute: clock.minute,
      second: clock.second,
      microsecond: clock.microsecond,
      offsetMicroseconds: offset
    )
  }

  /// Reads `HH[:MM[:SS[.fraction]]]`, or the same without colons.
  private mutating func clock() -> (hour: Int, minute: Int, second: Int, microsecond: Int)? {
    guard let hour = number(digits: 2) else { return nil }
    let isExtended = skip(":")
    guard isExtended || nextIsDigit else { return (hour, 0, 0, 0) }
    guard let minute = number(digits: 2) else { return nil }
    guard isExtended ? skip(":") : nextIsDigit else { return (hour, minute, 0, 0) }
    guard let second = number(digits: 2) else { return nil }
    guard skip(".") || skip(",") else { return (hour, minute, second, 0) }
    guard nextIsDigit else { return nil }
    // Python keeps six digits of the fraction and drops what follows.
    var microsecond = 0
    var count = 0
    while let digit = number(digits: 1) {
      if count < 6 { microsecond = microsecond * 10 + digit }
      count += 1
    }
    for _ in count..<max(count, 6) { microsecond *= 10 }
    return (hour, minute, second, microsecond)
  }

  private var nextIsDigit: Bool {
    rest.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  private mutating func number(digits count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard nextIsDigit, let digit = rest.popFirst() else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }

  @discardableResult
  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }
}
