#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import MariaDBClient
import Testing

@Suite struct MariaDBDateTimeTests {
  @Test(
    arguments: [
      (0.0, 1970, 1, 1, 0, 0, 0, 0), (951_782_400, 2000, 2, 29, 0, 0, 0, 0),
      (1_704_164_645.6789, 2024, 1, 2, 3, 4, 5, 678_900), (-1, 1969, 12, 31, 23, 59, 59, 0),
      (-0.000001, 1969, 12, 31, 23, 59, 59, 999_999), (253_402_300_799, 9999, 12, 31, 23, 59, 59, 0),
      (-62_135_596_800, 1, 1, 1, 0, 0, 0, 0),
    ] as [(Double, Int, Int, Int, Int, Int, Int, Int)]
  )
  func `A moment becomes a date and time in UTC and back`(
    seconds: Double,
    year: Int,
    month: Int,
    day: Int,
    hour: Int,
    minute: Int,
    second: Int,
    microsecond: Int
  ) throws {
    let expected = MariaDBDateTime(
      date: MariaDBDate(year: year, month: month, day: day),
      hour: hour,
      minute: minute,
      second: second,
      microsecond: microsecond
    )
    let value = MariaDBDateTime(Date(timeIntervalSince1970: seconds))
    #expect(value == expected)
    #expect(MariaDBDateTime(try #require(value.moment)) == expected)
  }

  @Test func `The zero date is no moment`() {
    let zero = MariaDBDateTime(date: MariaDBDate(year: 0, month: 0, day: 0), hour: 0, minute: 0, second: 0)
    #expect(zero.moment == nil)
  }

  @Test func `Every microsecond survives`() throws {
    for microsecond in stride(from: 0, to: 1_000_000, by: 7919) {
      let value = MariaDBDateTime(
        date: MariaDBDate(year: 2026, month: 11, day: 22),
        hour: 23,
        minute: 59,
        second: 58,
        microsecond: microsecond
      )
      #expect(MariaDBDateTime(try #require(value.moment)) == value)
    }
  }
}
