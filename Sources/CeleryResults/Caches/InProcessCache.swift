import Synchronization

/// A cache in the memory of this process, with time-outs and a bound.
///
/// When it is full, the value that was read or written least recently goes first, whether it has expired or
/// not: choose `maximumEntries` so that a result is fetched before.
public final class InProcessCache: ResultCache {
  /// How many values are kept at most.
  public let maximumEntries: Int
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state: Mutex<State>

  private typealias Watcher = AsyncThrowingStream<[String], any Error>.Continuation

  private struct Entry {
    var value: [UInt8]
    var expires: ContinuousClock.Instant?
  }

  private struct State {
    var entries: LeastRecentlyUsed<String, Entry>
    var watchers: [String: [Int: Watcher]] = [:]
    var lastWatcher = 0

    mutating func value(for key: String, at now: ContinuousClock.Instant) -> [UInt8]? {
      guard let entry = entries.use(key) else { return nil }
      if let expires = entry.expires, expires <= now {
        entries.remove(key)
        return nil
      }
      return entry.value
    }
  }

  /// Makes an empty cache.
  ///
  /// - Parameters:
  ///   - maximumEntries: How many values are kept at most.
  ///   - now: The clock that time-outs are measured by.
  public init(
    maximumEntries: Int = 10_000,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.maximumEntries = max(1, maximumEntries)
    self.now = now
    state = Mutex(State(entries: LeastRecentlyUsed(capacity: maximumEntries)))
  }

  /// JSON, as Celery's own caches hold it.
  public var contentType: ContentType { .json }

  /// How many values are kept, those that have expired and were not asked for since included.
  public var count: Int { state.withLock { $0.entries.count } }

  /// How many keys are watched.
  package var watcherCount: Int { state.withLock { $0.watchers.count } }

  /// Reads the values of several keys, in their order.
  public func values(for keys: [String]) async throws -> [[UInt8]?] {
    let now = now()
    return state.withLock { state in keys.map { state.value(for: $0, at: now) } }
  }

  /// Changes the value of a key, under the lock of the cache.
  public func update(
    _ key: String,
    expiringAfter expiry: Duration?,
    _ change: @Sendable ([UInt8]?) throws -> [UInt8]?
  ) async throws {
    let now = now()
    let watchers = try state.withLock { state -> [Int: Watcher] in
      guard let value = try change(state.value(for: key, at: now)) else { return [:] }
      state.entries.set(Entry(value: value, expires: expiry.map { now + $0 }), for: key)
      return state.watchers[key, default: [:]]
    }
    for watcher in watchers.values { watcher.yield([key]) }
  }

  /// Removes the value of a key.
  public func removeValue(for key: String) async throws -> Bool {
    let now = now()
    return state.withLock { state in
      let isThere = state.value(for: key, at: now) != nil
      state.entries.remove(key)
      return isThere
    }
  }

  /// Removes what has expired.
  public func removeExpired() async throws -> Int {
    let now = now()
    return state.withLock { state in
      let expired = state.entries.keys.filter { key in
        state.entries.peek(key)?.expires.map { $0 <= now } ?? false
      }
      for key in expired { state.entries.remove(key) }
      return expired.count
    }
  }

  /// A change wakes whoever waits.
  public var tellsOfChanges: Bool { true }

  /// Tells which of several keys may have changed.
  public func changes(of keys: [String]) async throws -> AsyncThrowingStream<[String], any Error> {
    let (stream, continuation) = AsyncThrowingStream<[String], any Error>.makeStream()
    let watcher = state.withLock { state in
      state.lastWatcher += 1
      for key in keys { state.watchers[key, default: [:]][state.lastWatcher] = continuation }
      return state.lastWatcher
    }
    continuation.onTermination = { [weak self] _ in self?.removeWatcher(watcher, of: keys) }
    continuation.yield(keys)
    return stream
  }

  private func removeWatcher(_ watcher: Int, of keys: [String]) {
    state.withLock { state in
      for key in keys {
        state.watchers[key]?[watcher] = nil
        if state.watchers[key]?.isEmpty == true { state.watchers[key] = nil }
      }
    }
  }
}
