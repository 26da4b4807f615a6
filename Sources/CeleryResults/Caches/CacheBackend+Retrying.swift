extension CacheBackend {
  /// Asks something of the cache, and again after errors that pass, as `configuration.retryPolicy` says.
  ///
  /// - Parameter operation: What to do; to do it twice must be to do it once.
  /// - Returns: What the operation returns.
  /// - Throws: The operation's last error; `CancellationError`.
  func retrying<Result>(_ operation: () async throws -> Result) async throws -> Result {
    var generator = SystemRandomNumberGenerator()
    return try await configuration.retryPolicy.run(
      using: &generator,
      isRetried: cache.isTransient,
      operation: operation
    )
  }
}
