public import CeleryResults
import Synchronization

/// A cache that counts the values that are read from it.
public final class CountingCache: ResultCache {
  private let cache: any ResultCache
  private let count = Mutex(0)

  /// Puts a count in front of a cache.
  public init(_ cache: any ResultCache) {
    self.cache = cache
  }

  /// How many values have been asked for.
  public var readCount: Int { count.withLock { $0 } }

  /// What values are written in.
  public var contentType: ContentType { cache.contentType }
  /// Whether the cache tells of changes.
  public var tellsOfChanges: Bool { cache.tellsOfChanges }

  /// Reads values, and counts them.
  public func values(for keys: [String]) async throws -> [[UInt8]?] {
    count.withLock { $0 += keys.count }
    return try await cache.values(for: keys)
  }

  /// Changes the value of a key.
  public func update(
    _ key: String,
    expiringAfter expiry: Duration?,
    _ change: @Sendable ([UInt8]?) throws -> [UInt8]?
  ) async throws {
    try await cache.update(key, expiringAfter: expiry, change)
  }

  /// Removes the value of a key.
  public func removeValue(for key: String) async throws -> Bool { try await cache.removeValue(for: key) }

  /// Tells which of several keys may have changed.
  public func changes(of keys: [String]) async throws -> AsyncThrowingStream<[String], any Error> {
    try await cache.changes(of: keys)
  }

  /// Stores the results of many tasks for which one group waits, each when that of the one before has come, and says
  /// how many values were read for that.
  ///
  /// - Parameters:
  ///   - count: How many tasks.
  ///   - cache: Where their results are.
  ///   - keyPrefix: What every key begins with.
  public static func readCount(
    whileWaitingFor count: Int,
    in cache: any ResultCache,
    globalKeyPrefix keyPrefix: String = ""
  ) async throws -> Int {
    let counting = CountingCache(cache)
    let waiting = CacheBackend(counting, globalKeyPrefix: keyPrefix)
    let storing = CacheBackend(cache, globalKeyPrefix: keyPrefix)
    let ids = (0..<count).map { TaskID("task-\($0)") }
    var results = waiting.readyResults(of: ids, deadline: .now + .seconds(300)).makeAsyncIterator()
    while counting.readCount < count { await Task.yield() }
    for id in ids {
      try await storing.markAsDone(id, result: 1)
      guard try await results.next()?.map(\.id) == [id] else { return .max }
    }
    return try await results.next() == nil ? counting.readCount : .max
  }
}
