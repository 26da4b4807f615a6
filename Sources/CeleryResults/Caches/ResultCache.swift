/// A place where values are kept under keys for some time: what ``CacheBackend`` needs of a cache.
///
/// A value is what Celery's own backend would write there, in ``contentType``.
public protocol ResultCache: Sendable {
  /// What values are written in: JSON, or Python's pickle.
  var contentType: ContentType { get }

  /// Reads the values of several keys with one question, in the order of `keys`; nil for those that are not
  /// there or have expired.
  ///
  /// - Throws: The cache's own error.
  func values(for keys: [String]) async throws -> [[UInt8]?]

  /// Changes the value of a key: nobody else's change comes between reading the old value and writing the new.
  ///
  /// When this returns, the value is kept, and whoever waits for a change of the key is woken.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - expiry: After what time the new value expires; nil keeps it for as long as the cache can.
  ///   - change: Gets the old value, or nil when there is none, and gives the new one, or nil to leave the old
  ///     as it is. It may be called again when somebody else was faster.
  /// - Throws: What `change` throws, or the cache's own error.
  func update(
    _ key: String,
    expiringAfter expiry: Duration?,
    _ change: @Sendable ([UInt8]?) throws -> [UInt8]?
  ) async throws

  /// Removes the value of a key.
  ///
  /// - Returns: Whether there was one.
  /// - Throws: The cache's own error.
  @discardableResult
  func removeValue(for key: String) async throws -> Bool

  /// Removes what has expired, where a cache does not do that by itself.
  ///
  /// - Returns: How many values were removed.
  /// - Throws: The cache's own error.
  func removeExpired() async throws -> Int

  /// Whether an operation has failed for a reason that passes: no connection, or a server that takes no writes.
  ///
  /// Nobody need know whether it was done: ``CacheBackend`` tries again only what may be done twice.
  func isTransient(_ error: any Error) -> Bool

  /// Whether the cache tells of changes, or has to be asked again and again.
  var tellsOfChanges: Bool { get }

  /// Tells which of several keys may have changed.
  ///
  /// Each key is told once when it is watched, all together or one after the other: what is read of it after that
  /// misses no later change.
  ///
  /// Only a cache that `tellsOfChanges` is asked.
  ///
  /// - Throws: The cache's own error.
  func changes(of keys: [String]) async throws -> AsyncThrowingStream<[String], any Error>
}

extension ResultCache {
  /// Removes nothing: the cache does that by itself.
  public func removeExpired() async throws -> Int { 0 }

  /// No error passes.
  public func isTransient(_ error: any Error) -> Bool { false }

  /// The cache has to be asked again and again.
  public var tellsOfChanges: Bool { false }

  /// Tells of nothing.
  public func changes(of keys: [String]) async throws -> AsyncThrowingStream<[String], any Error> {
    AsyncThrowingStream { $0.finish() }
  }
}
