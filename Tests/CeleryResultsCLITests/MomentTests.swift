import Testing

@testable import CeleryResultsCLI

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct MomentTests {
  /// 31 January 2026, 12:00 UTC.
  private let now = Date(timeIntervalSince1970: 1_769_860_800)

  @Test(
    arguments: [
      ("2026-01-31", -43_200), ("2026-01-31T10:00:00Z", -7_200), ("2026-01-31T10:00:00+02:00", -14_400),
      ("2026-01-31T10:00:00-02:00", 0), ("2026-01-31T10:00:00.5Z", -7_199.5), ("2h", -7_200), ("1d", -86_400),
      ("30s", -30),
    ] as [(String, Double)]
  )
  func `A moment is a day, a time, or how long ago`(text: String, secondsFromNow: Double) {
    #expect(Moment(text, now: now)?.date == now.addingTimeInterval(secondsFromNow))
  }

  @Test(
    arguments: [
      ("2026-01-31 10:00:00.250000+00:00", -7_199.75), ("2026-01-31 10:00:00", -7_200),
      ("2026-01-31T10:00:00", -7_200), ("2026-01-31 10:00", -7_200), ("2026-01-31 10:00Z", -7_200),
    ] as [(String, Double)]
  )
  func `A time as the tool prints it can be typed again, and without an offset it is in UTC`(
    text: String,
    secondsFromNow: Double
  ) throws {
    let moment = try #require(Moment(text, now: now))
    #expect(abs(moment.date.timeIntervalSince(now) - secondsFromNow) < 1e-6)
  }

  @Test(
    arguments: [
      "", "yesterday", "2026", "2026-01", "2026-1-1", "2026-02-30", "2026-13-01", "2026-02-30T10:00:00Z",
      "2026-01-31T25:00:00Z", "2026-01-31T", "2026-01-31x10:00:00", "31.01.2026", "90", "-2h",
    ])
  func `What is no moment is refused`(text: String) {
    #expect(Moment(text, now: now) == nil)
  }
}
