public import CeleryResults
public import Logging
public import ServiceLifecycle

/// Keeps results in Redis, in the format of Celery's own Redis backend.
///
/// ```swift
/// let backend = CacheBackend(try RedisCache(url: "redis://:secret@127.0.0.1:6379/0"))
/// try await backend.markAsDone("7e3c0c4e", result: 42)
/// ```
///
/// Values are JSON, expire by themselves, and are published on the channel that has the name of their key: a
/// waiting `AsyncResult.get` is woken, here and in Python alike. What is there is looked at and replaced under
/// `WATCH`.
///
/// Source: `celery.backends.redis.RedisBackend`.
public final class RedisCache: ResultCache, Service {
  /// The largest value that Redis takes, in bytes.
  ///
  /// Source: the Redis manual's "Redis Strings".
  public static let maximumValueSize = 536_870_912

  /// Where the server is.
  public let configuration: RedisConfiguration
  private let pool: RedisPool
  private let subscriber: RedisSubscriber

  /// Makes a cache.
  ///
  /// No connection is opened before it is needed.
  ///
  /// - Parameters:
  ///   - configuration: Where the server is.
  ///   - logger: Gets what the connections have to say, at the level `debug`.
  public init(_ configuration: RedisConfiguration, logger: Logger = Logger(label: "RedisCache")) {
    self.configuration = configuration
    pool = RedisPool(configuration, logger: logger)
    subscriber = RedisSubscriber(configuration, logger: logger)
  }

  /// Makes a cache from a URL, as Celery's `result_backend` has it.
  ///
  /// - Parameters:
  ///   - url: `redis://user:password@host:port/database`; see ``RedisConfiguration/init(url:)``.
  ///   - logger: Gets what the connections have to say, at the level `debug`.
  /// - Throws: ``RedisError`` with the code `invalidConfiguration`.
  public convenience init(
    url: String,
    logger: Logger = Logger(label: "RedisCache")
  ) throws(RedisError) {
    self.init(try RedisConfiguration(url: url), logger: logger)
  }

  /// Waits until the task is cancelled or a graceful shutdown begins; then closes all connections.
  ///
  /// Stores and reads work without it.
  public func run() async throws {
    try? await gracefulShutdown()
    await shutDown()
  }

  /// Closes the connections: those in use when their work is done.
  ///
  /// Whoever waits, or asks from here on, gets ``RedisError/Code/clientShutdown``.
  public func shutDown() async {
    pool.shutDown()
    await subscriber.shutDown()
  }

  /// JSON.
  public var contentType: ContentType { .json }

  /// Reads the values of several keys with one `MGET`, in their order.
  ///
  /// - Throws: ``RedisError``; `CancellationError`.
  public func values(for keys: [String]) async throws -> [[UInt8]?] {
    guard !keys.isEmpty else { return [] }
    let reply = try await pool.run { handle in
      try handle.send([RedisCommand("MGET", keys.map { Array($0.utf8) })]).first
    }
    guard case .array(let values) = reply, values.count == keys.count else {
      throw RedisError.unexpectedReply
    }
    return try values.map { value throws(RedisError) in try value.value }
  }

  /// Changes the value of a key, and publishes the new one.
  ///
  /// - Throws: What `change` throws; `ResultError` with code `resultTooLarge`; ``RedisError``;
  ///   `CancellationError`.
  public func update(
    _ key: String,
    expiringAfter expiry: Duration?,
    _ change: @Sendable ([UInt8]?) throws -> [UInt8]?
  ) async throws {
    try await pool.run { handle in
      while try !Self.update(key, expiringAfter: expiry, change, on: handle) {}
    }
  }

  /// Changes the value of a key unless somebody else changes it meanwhile.
  ///
  /// - Returns: False when somebody else did.
  private static func update(
    _ key: String,
    expiringAfter expiry: Duration?,
    _ change: ([UInt8]?) throws -> [UInt8]?,
    on handle: RedisHandle
  ) throws -> Bool {
    let watched = try handle.send([RedisCommand("WATCH", key), RedisCommand("GET", key)])
    let new: [UInt8]?
    do {
      new = try change(watched[1].value)
      if let new, new.count > maximumValueSize {
        throw ResultError.resultTooLarge(size: new.count, limit: maximumValueSize)
      }
    } catch {
      _ = try handle.send([RedisCommand("UNWATCH")])
      throw error
    }
    guard let new else {
      _ = try handle.send([RedisCommand("UNWATCH")])
      return true
    }
    let name = Array(key.utf8)
    let set =
      expiry.map { RedisCommand("SETEX", [name, Array("\($0.wholeSeconds)".utf8), new]) }
      ?? RedisCommand("SET", [name, new])
    let replies = try handle.send([
      RedisCommand("MULTI"), set, RedisCommand("PUBLISH", [name, new]), RedisCommand("EXEC"),
    ])
    switch replies.last {
    case .null: return false
    case .array(let results):
      for case .error(let message) in results { throw RedisError(reply: message) }
      return true
    default: throw RedisError.unexpectedReply
    }
  }

  /// Removes the value of a key.
  ///
  /// - Throws: ``RedisError``; `CancellationError`.
  public func removeValue(for key: String) async throws -> Bool {
    try await pool.run { try $0.send([RedisCommand("DEL", key)]) } == [.integer(1)]
  }

  /// Whether the connection, or the server that takes no commands now, may be another one next time.
  public func isTransient(_ error: any Error) -> Bool {
    (error as? RedisError)?.isTransient ?? false
  }

  /// A change is published.
  public var tellsOfChanges: Bool { true }

  /// Tells when the value of one of several keys may have changed.
  ///
  /// - Throws: ``RedisError``.
  public func changes(of keys: [String]) async throws -> AsyncThrowingStream<[String], any Error> {
    try await subscriber.changes(on: keys)
  }

  /// How many channels are subscribed to.
  package var channelCount: Int { get async { await subscriber.channelCount } }
}

extension Duration {
  /// The time in whole seconds, at least one: Redis refuses none.
  fileprivate var wholeSeconds: Int64 { max(1, components.seconds) }
}
