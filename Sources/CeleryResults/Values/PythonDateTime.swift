#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A `datetime.datetime`: a date and a time, perhaps with an offset from UTC.
public struct PythonDateTime: Hashable, Sendable, CustomStringConvertible {
  /// The day, in local time.
  public let date: PythonDate
  /// The time of day, with the offset from UTC if there is one.
  public let time: PythonTime

  /// Makes a date and time.
  public init(date: PythonDate, time: PythonTime) {
    self.date = date
    self.time = time
  }

  /// Makes the date and time in UTC of a moment, rounded to microseconds; nil outside the years 1 to 9999.
  public init?(_ moment: Date) {
    guard let microseconds = Int64(exactly: (moment.timeIntervalSince1970 * 1_000_000).rounded()) else {
      return nil
    }
    self.init(microsecondsSince1970: microseconds)
  }

  /// Makes the date and time in UTC that is so many microseconds after 1 January 1970.
  public init?(microsecondsSince1970 microseconds: Int64) {
    let day: Int64 = 86_400_000_000
    var (days, rest) = microseconds.quotientAndRemainder(dividingBy: day)
    if rest < 0 { (days, rest) = (days - 1, rest + day) }
    let seconds = Int(rest / 1_000_000)
    guard let date = PythonDate(daysSince1970: Int(days)),
      let time = PythonTime(
        hour: seconds / 3600,
        minute: seconds / 60 % 60,
        second: seconds % 60,
        microsecond: Int(rest % 1_000_000),
        offsetMicroseconds: 0
      )
    else { return nil }
    self.init(date: date, time: time)
  }

  /// The microseconds since 1 January 1970 in UTC.
  ///
  /// A value without offset is taken to be in UTC.
  public var microsecondsSince1970: Int64 {
    Int64(date.daysSince1970) * 86_400_000_000 + time.microsecondsSinceMidnight
      - (time.offsetMicroseconds ?? 0)
  }

  /// The moment, to the microsecond.
  ///
  /// A value without offset is taken to be in UTC.
  public var moment: Date {
    Date(timeIntervalSince1970: Double(microsecondsSince1970) / 1_000_000)
  }

  /// The microseconds since 1970 of the years 1 to 9999 in UTC.
  static let microsecondsOfAllYears: Range<Int64> = -62_135_596_800_000_000..<253_402_300_800_000_000

  /// The value as Python's `isoformat` writes it: `2024-01-02T03:04:05.678900+00:00`.
  public var isoFormat: String {
    var writer = ISOFormatWriter()
    writer.write(date)
    writer.write("T")
    writer.write(time)
    return writer.text
  }

  /// The value as `isoFormat` writes it.
  public var description: String { isoFormat }
}

extension Date {
  /// The moment of the `PythonDateTime` of this date, found without one; nil outside the years 1 to 9999.
  var roundedToMicroseconds: Date? {
    guard let microseconds = Int64(exactly: (timeIntervalSince1970 * 1_000_000).rounded()),
      PythonDateTime.microsecondsOfAllYears.contains(microseconds)
    else { return nil }
    return Date(timeIntervalSince1970: Double(microseconds) / 1_000_000)
  }
}
