#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A `DATETIME` or `TIMESTAMP` with microseconds.
///
/// The client's sessions run in UTC, so a `TIMESTAMP` is in UTC; a `DATETIME` is in whatever zone its writer
/// meant.
///
/// Source: the MySQL manual's "The DATE, DATETIME, and TIMESTAMP Types".
public struct MariaDBDateTime: Sendable, Hashable {
  /// The day.
  public var date: MariaDBDate
  /// 0 to 23.
  public var hour: Int
  /// 0 to 59.
  public var minute: Int
  /// 0 to 59.
  public var second: Int
  /// 0 to 999,999.
  public var microsecond: Int

  /// Makes a date and time.
  ///
  /// Nothing is checked: the server does that.
  public init(date: MariaDBDate, hour: Int, minute: Int, second: Int, microsecond: Int = 0) {
    self.date = date
    self.hour = hour
    self.minute = minute
    self.second = second
    self.microsecond = microsecond
  }
}

extension MariaDBDateTime {
  private static let microsecondsPerDay = 86_400_000_000

  /// The moment in UTC, to the microsecond.
  public init(_ moment: Date) {
    // A moment that no server's calendar has must not be a trap: the server refuses the date.
    let limit = 400_000_000_000_000_000.0
    let microseconds = Int(min(max((moment.timeIntervalSince1970 * 1_000_000).rounded(), -limit), limit))
    var days = microseconds / Self.microsecondsPerDay
    var rest = microseconds % Self.microsecondsPerDay
    if rest < 0 {
      days -= 1
      rest += Self.microsecondsPerDay
    }
    let seconds = rest / 1_000_000
    self.init(
      date: MariaDBDate(daysSince1970: days),
      hour: seconds / 3_600,
      minute: seconds / 60 % 60,
      second: seconds % 60,
      microsecond: rest % 1_000_000
    )
  }

  /// The moment that this names in UTC, or nil for a zero date.
  public var moment: Date? {
    guard let days = date.daysSince1970 else { return nil }
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second
    return Date(timeIntervalSince1970: Double(seconds) + Double(microsecond) / 1_000_000)
  }
}
