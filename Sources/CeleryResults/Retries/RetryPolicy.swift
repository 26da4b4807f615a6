/// When and how often a backend tries again what has failed for a reason that passes, under Celery's names.
///
/// Which errors these are the backend knows. The pauses grow from retry to retry and are drawn at random, so that
/// many workers do not come back at the same moment.
public struct RetryPolicy: Hashable, Sendable {
  /// How often it tries again: `result_backend_max_retries`.
  ///
  /// Nil is Celery's default, infinity.
  public var maxRetries: Int?
  /// The longest pause before the first retry, which doubles with each:
  /// `result_backend_base_sleep_between_retries_ms`.
  public var baseSleepBetweenRetries: Duration
  /// The longest pause of all: `result_backend_max_sleep_between_retries_ms`.
  public var maxSleepBetweenRetries: Duration
  /// How long after the beginning a retry may still begin.
  ///
  /// Celery knows no such limit; nil is none.
  public var timeLimit: Duration?

  /// Makes a policy.
  ///
  /// The defaults are Celery's for `result_backend_always_retry`, with a limit of 30 seconds: a caller never hangs
  /// for ever unless it asks to.
  ///
  /// - Parameters:
  ///   - maxRetries: How often it tries again; nil for as often as the time allows.
  ///   - baseSleepBetweenRetries: The longest pause before the first retry.
  ///   - maxSleepBetweenRetries: The longest pause of all.
  ///   - timeLimit: How long after the beginning a retry may still begin; nil for ever.
  public init(
    maxRetries: Int? = nil,
    baseSleepBetweenRetries: Duration = .milliseconds(10),
    maxSleepBetweenRetries: Duration = .seconds(10),
    timeLimit: Duration? = .seconds(30)
  ) {
    self.maxRetries = maxRetries
    self.baseSleepBetweenRetries = baseSleepBetweenRetries
    self.maxSleepBetweenRetries = maxSleepBetweenRetries
    self.timeLimit = timeLimit
  }

  /// Never tries again: what Celery does without `result_backend_always_retry`.
  public static let none = RetryPolicy(maxRetries: 0)

  /// The longest pause before a retry: the base, doubled for each retry before it, and at most the longest of all.
  ///
  /// - Parameter retries: How many retries there were before.
  public func longestSleep(afterRetries retries: Int) -> Duration {
    guard baseSleepBetweenRetries > .zero else { return .zero }
    var sleep = baseSleepBetweenRetries
    // Not by a power: there may be any number of retries.
    for _ in 0..<max(retries, 0) where sleep < maxSleepBetweenRetries { sleep *= 2 }
    return max(min(sleep, maxSleepBetweenRetries), .zero)
  }

  /// The pause before a retry: any number of milliseconds up to the longest, each as likely as the others.
  ///
  /// Source: `celery.utils.time.get_exponential_backoff_interval`, with full jitter.
  ///
  /// - Parameters:
  ///   - retries: How many retries there were before.
  ///   - generator: Where the chance comes from.
  public func sleep(
    afterRetries retries: Int,
    using generator: inout some RandomNumberGenerator
  ) -> Duration {
    let longest = Int64(min(longestSleep(afterRetries: retries), .longest) / .milliseconds(1))
    return .milliseconds(Int64.random(in: 0...longest, using: &generator))
  }
}
