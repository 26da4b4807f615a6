import Testing

@testable import CeleryResultsCLI

@Suite struct AgeTests {
  @Test(
    arguments: [
      ("90", 90), ("90s", 90), ("30m", 1_800), ("12h", 43_200), ("7d", 604_800), ("2w", 1_209_600), ("0", 0),
      ("1.5h", 5_400), ("0.5", 0.5),
    ] as [(String, Double)]
  )
  func `An age is a number with or without a unit`(text: String, seconds: Double) {
    #expect(Age(text)?.duration == .seconds(seconds))
  }

  @Test(
    arguments: [
      "", "d", "yesterday", "-1", "-1d", "+1", "1 d", " 1", "1e3", "0x10", "1y", "1dd", ".", "١", "inf",
      "nan",
      "1e300d", "99999999999999999999",
    ])
  func `What is no length of time is refused`(text: String) {
    #expect(Age(text) == nil)
  }
}
