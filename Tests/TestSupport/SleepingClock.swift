import Synchronization

/// A clock on which time passes only while somebody sleeps, and then at once.
public final class SleepingClock: Clock, Sendable {
  private let time = Mutex<Duration>(.zero)
  private let pauses = Mutex<[Duration]>([])

  /// A moment on the clock.
  public struct Instant: InstantProtocol {
    let sinceStart: Duration

    /// The moment that is so much later.
    public func advanced(by duration: Duration) -> Instant { Instant(sinceStart: sinceStart + duration) }
    /// How much later the other moment is.
    public func duration(to other: Instant) -> Duration { other.sinceStart - sinceStart }
    /// Whether a moment is before another.
    public static func < (left: Instant, right: Instant) -> Bool { left.sinceStart < right.sinceStart }
  }

  /// Makes a clock.
  public init() {}

  /// The time that the clock shows.
  public var now: Instant { Instant(sinceStart: time.withLock { $0 }) }
  /// The smallest step.
  public var minimumResolution: Duration { .nanoseconds(1) }
  /// How long was slept, one after the other.
  public var sleeps: [Duration] { pauses.withLock { $0 } }

  /// Lets the time pass.
  public func advance(by duration: Duration) {
    time.withLock { $0 += duration }
  }

  /// Lets the time pass, unless the task is cancelled.
  public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    try Task.checkCancellation()
    let pause = now.duration(to: deadline)
    pauses.withLock { $0.append(pause) }
    advance(by: max(pause, .zero))
  }
}
