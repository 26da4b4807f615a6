/// How long to pause before the binary log is followed again.
struct FollowingTries {
  private var failures = 0
  private var beginning: ContinuousClock.Instant?

  /// It is followed.
  mutating func hasBegun(at now: ContinuousClock.Instant = .now) {
    beginning = now
  }

  /// The seconds to pause: none after the first failure, and then more and more.
  mutating func pause(afterFailure now: ContinuousClock.Instant) -> Double {
    // It worked for a while: this is another failure.
    if let beginning, beginning.duration(to: now) > .seconds(10) { failures = 0 }
    beginning = nil
    defer { failures += 1 }
    guard failures > 0 else { return 0 }
    return min(0.1 * Double(1 << min(failures, 10)), 30) * .random(in: 0.75...1)
  }
}
