import CeleryResults
import Logging

extension DatabaseBackend {
  /// Runs a unit of work, and again after errors that pass, as `configuration.retryPolicy` says.
  ///
  /// - Parameters:
  ///   - condition: What must be known for it to be tried again. Work that is more than one statement must be a
  ///     transaction that rolls back when it throws.
  ///   - operation: What to do.
  /// - Returns: What the operation returns.
  /// - Throws: The operation's last error; `CancellationError`.
  func retrying<Result>(
    _ condition: RetryCondition = .idempotent,
    _ operation: () async throws -> Result
  ) async throws -> Result {
    var generator = SystemRandomNumberGenerator()
    return try await configuration.retryPolicy.run(
      using: &generator,
      isRetried: condition.allows,
      willRetry: { error, sleep in
        logger.info("trying again", metadata: ["error": "\(error)", "after": "\(sleep)"])
      },
      operation: operation
    )
  }
}
