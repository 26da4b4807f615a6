/// How long to pause before the binary log is followed again.
struct FollowingTries {
  private var failures = 0
  private var refusals = 0
  private var beginning: ContinuousClock.Instant?
  private var lastPause = 0.0

  /// It is followed.
  mutating func hasBegun(at now: ContinuousClock.Instant = .now) {
    beginning = now
  }

  /// The seconds to pause after what may pass by itself: none after the first failure, and then more and more.
  mutating func pause(afterFailure now: ContinuousClock.Instant) -> Double {
    noteEnd(at: now)
    defer { failures += 1 }
    lastPause = failures > 0 ? min(0.1 * Double(1 << min(failures, 10)), 30) : 0
    return lastPause * .random(in: 0.75...1)
  }

  /// The seconds to pause after what somebody has to mend: from one on twice as many each time, up to five minutes.
  mutating func pause(afterRefusal now: ContinuousClock.Instant) -> Double {
    noteEnd(at: now)
    defer { refusals += 1 }
    lastPause = min(Double(1 << min(refusals, 10)), 300)
    return lastPause * .random(in: 0.75...1)
  }

  /// It worked for a while, and for longer than it had not before: what comes now is something else.
  private mutating func noteEnd(at now: ContinuousClock.Instant) {
    if let beginning, beginning.duration(to: now) > .seconds(max(10, lastPause)) {
      failures = 0
      refusals = 0
    }
    beginning = nil
  }
}
