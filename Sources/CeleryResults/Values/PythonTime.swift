/// A `datetime.time`: a time of day with microseconds and perhaps an offset from UTC.
public struct PythonTime: Hashable, Sendable, CustomStringConvertible {
  private let storedHour: Int8
  private let storedMinute: Int8
  private let storedSecond: Int8
  private let storedMicrosecond: Int32
  let offsetMicroseconds: Int64?

  /// The hour, 0 to 23.
  public var hour: Int { Int(storedHour) }
  /// The minute, 0 to 59.
  public var minute: Int { Int(storedMinute) }
  /// The second, 0 to 59.
  public var second: Int { Int(storedSecond) }
  /// The microsecond, 0 to 999,999.
  public var microsecond: Int { Int(storedMicrosecond) }
  /// How far local time is ahead of UTC, in whole microseconds; nil for a time without zone ("naive").
  public var utcOffset: Duration? { offsetMicroseconds.map { .microseconds($0) } }

  /// Makes a time, or nil when there is none such or the offset is a day or more.
  public init?(hour: Int, minute: Int, second: Int = 0, microsecond: Int = 0, utcOffset: Duration? = nil) {
    // Bounded first: what is beyond a day need not fit.
    let offset = utcOffset.map {
      let bounded = min(max($0, .seconds(-86_400)), .seconds(86_400)).components
      return bounded.seconds * 1_000_000 + bounded.attoseconds / 1_000_000_000_000
    }
    self.init(
      hour: hour,
      minute: minute,
      second: second,
      microsecond: microsecond,
      offsetMicroseconds: offset
    )
  }

  init?(hour: Int, minute: Int, second: Int, microsecond: Int, offsetMicroseconds: Int64?) {
    guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
      (0...999_999).contains(microsecond)
    else { return nil }
    let day: Int64 = 86_400_000_000
    if let offsetMicroseconds, offsetMicroseconds <= -day || offsetMicroseconds >= day { return nil }
    self.storedHour = Int8(hour)
    self.storedMinute = Int8(minute)
    self.storedSecond = Int8(second)
    self.storedMicrosecond = Int32(microsecond)
    self.offsetMicroseconds = offsetMicroseconds
  }

  /// The microseconds since midnight, the offset left aside.
  var microsecondsSinceMidnight: Int64 {
    Int64(hour * 3600 + minute * 60 + second) * 1_000_000 + Int64(microsecond)
  }

  /// The time as Python's `isoformat` writes it: `03:04:05`, `03:04:05.678900+00:00`.
  public var isoFormat: String {
    var writer = ISOFormatWriter()
    writer.write(self)
    return writer.text
  }

  /// The time as `isoFormat` writes it.
  public var description: String { isoFormat }
}
