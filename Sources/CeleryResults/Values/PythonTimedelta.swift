/// A `datetime.timedelta`: a span of time in whole microseconds.
public struct PythonTimedelta: Hashable, Sendable, CustomStringConvertible {
  /// The days, negative for a negative span.
  public let days: Int
  /// The seconds beyond the days, 0 to 86,399.
  public let seconds: Int
  /// The microseconds beyond the seconds, 0 to 999,999.
  public let microseconds: Int

  /// Makes a span of days, seconds and microseconds, each of any size and sign.
  ///
  /// Nil beyond 999,999,999 days, which is Python's limit.
  public init?(days: Int = 0, seconds: Int = 0, microseconds: Int = 0) {
    let (wholeSeconds, rest) = Self.divide(microseconds, by: 1_000_000)
    let (allSeconds, overflow) = seconds.addingReportingOverflow(wholeSeconds)
    let (wholeDays, restOfDay) = Self.divide(allSeconds, by: 86_400)
    let (allDays, dayOverflow) = days.addingReportingOverflow(wholeDays)
    guard !overflow, !dayOverflow, (-999_999_999...999_999_999).contains(allDays) else { return nil }
    self.days = allDays
    self.seconds = restOfDay
    self.microseconds = rest
  }

  /// Makes a span of a duration, cut to microseconds.
  public init?(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(seconds: Int(seconds), microseconds: Int(attoseconds / 1_000_000_000_000))
  }

  /// The span as a duration.
  public var duration: Duration {
    .seconds(days * 86_400 + seconds) + .microseconds(microseconds)
  }

  /// The span in words of Python's constructor: `days=-1, seconds=82800`.
  public var description: String {
    var parts: [String] = []
    if days != 0 { parts.append("days=\(days)") }
    if seconds != 0 { parts.append("seconds=\(seconds)") }
    if microseconds != 0 { parts.append("microseconds=\(microseconds)") }
    return parts.isEmpty ? "0" : parts.joined(separator: ", ")
  }

  /// The quotient rounded down and the remainder, which is not negative.
  private static func divide(_ number: Int, by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
