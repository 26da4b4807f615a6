extension RetryPolicy {
  /// Runs an operation, and again as long as it fails for a reason that passes.
  ///
  /// A retry that would begin after the time limit is not waited for. When the Swift task is cancelled no further
  /// one begins, and a pause ends at once.
  ///
  /// - Parameters:
  ///   - clock: The clock that the pauses and the time limit go by.
  ///   - generator: Where the chance in the pauses comes from.
  ///   - isRetried: Whether an error is of the kind that passes.
  ///   - willRetry: Is told of each error after which the operation runs again, and of the pause before.
  ///   - operation: What to do.
  /// - Returns: What the operation returns.
  /// - Throws: The operation's last error; `CancellationError`.
  package func run<Result, C: Clock>(
    clock: C = ContinuousClock(),
    using generator: inout some RandomNumberGenerator,
    isRetried: (any Error) -> Bool,
    willRetry: (any Error, Duration) -> Void = { _, _ in },
    operation: () async throws -> Result
  ) async throws -> Result where C.Duration == Duration {
    let latest = timeLimit.map { clock.now.advanced(by: min($0, .longest)) }
    var retries = 0
    while true {
      do {
        return try await operation()
      } catch {
        guard isRetried(error), maxRetries.map({ retries < $0 }) ?? true else { throw error }
        let sleep = sleep(afterRetries: retries, using: &generator)
        if let latest, clock.now.advanced(by: sleep) > latest { throw error }
        try Task.checkCancellation()
        willRetry(error, sleep)
        try await clock.sleep(until: clock.now.advanced(by: sleep), tolerance: nil)
        retries += 1
      }
    }
  }
}
