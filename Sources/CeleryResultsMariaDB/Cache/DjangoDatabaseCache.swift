public import CeleryResults
public import Logging
public import MariaDBClient
public import ServiceLifecycle

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Keeps results in the table of Django's database cache: what a Python worker with the result backend
/// `django-cache` reads and writes.
///
/// ```swift
/// let cache = try DjangoDatabaseCache(url: "mysql://celery:secret@127.0.0.1/celery", options: .init(table: "celery_cache"))
/// let backend = CacheBackend(cache)
/// ```
///
/// `celery-results create-cache-table` makes the table, as `manage.py createcachetable` does. Times are in UTC, as
/// Django keeps them when `USE_TZ` is true.
///
/// **Django's cache deletes results that nobody has fetched.** When a Python process stores while the table holds
/// more than `MAX_ENTRIES` entries, 300 unless set, it deletes what has expired, and if that is not enough every
/// third entry: those whose keys come first, however new they are. Set `'OPTIONS': {'MAX_ENTRIES': 1_000_000}` in
/// Django's `CACHES`. This cache deletes nothing that has not expired, unless ``Options/maximumEntries`` is set.
///
/// Source: `django.core.cache.backends.db.DatabaseCache`.
public final class DjangoDatabaseCache: ResultCache, Service {
  /// Where in the database the cache is, under the names of Django's `CACHES`.
  public struct Options: Sendable, Hashable {
    /// The table: `LOCATION`.
    public var table: String
    /// What keys begin with: `KEY_PREFIX`.
    public var keyPrefix: String
    /// The version of the keys: `VERSION`.
    public var version: Int
    /// Above how many entries a store deletes some: `MAX_ENTRIES`.
    ///
    /// Nil, the default here, for never; Django's is 300.
    public var maximumEntries: Int?
    /// Which part of the entries is then deleted, `CULL_FREQUENCY`: one in so many, or all if this is 0.
    public var cullFrequency: Int

    /// Makes options with Django's defaults, but without a bound.
    public init(
      table: String,
      keyPrefix: String = "",
      version: Int = 1,
      maximumEntries: Int? = nil,
      cullFrequency: Int = 3
    ) {
      self.table = table
      self.keyPrefix = keyPrefix
      self.version = version
      self.maximumEntries = maximumEntries
      self.cullFrequency = max(0, cullFrequency)
    }
  }

  /// Where in the database the cache is.
  public let options: Options
  /// The connections.
  public let client: MariaDBClient
  let now: @Sendable () -> Date

  /// Makes a cache.
  ///
  /// No connection is opened before it is needed.
  ///
  /// - Parameters:
  ///   - client: Where the table is, and how many connections to keep. Where it states no isolation level it is
  ///     `READ COMMITTED`.
  ///   - options: Where in the database the cache is.
  ///   - now: The clock that time-outs are measured by.
  ///   - logger: Gets what the connections have to say.
  public init(
    client: MariaDBClient.Configuration,
    options: Options,
    now: @escaping @Sendable () -> Date = { Date() },
    logger: Logger = Logger(label: "DjangoDatabaseCache")
  ) {
    var client = client
    client.connection.isolationLevel = client.connection.isolationLevel ?? .readCommitted
    self.client = MariaDBClient(configuration: client, logger: logger)
    self.options = options
    self.now = now
  }

  /// Makes a cache from a URL.
  ///
  /// - Parameters:
  ///   - url: `mysql://user:password@host:port/database`.
  ///   - options: Where in the database the cache is.
  /// - Throws: `MariaDBError` with the code `invalidConfiguration`.
  public convenience init(url: String, options: Options) throws(MariaDBError) {
    self.init(client: .init(try .init(url: url)), options: options)
  }

  /// Closes connections that have been unused for long, until the task is cancelled or a graceful shutdown
  /// begins; then closes all.
  public func run() async throws {
    try await client.run()
  }

  /// Closes the connections: those in use when they come back.
  public func shutDown() async {
    await client.shutDown()
  }

  /// Pickle, in base64.
  public var contentType: ContentType { .pickle }

  /// The key as Django writes it: prefix, version and key.
  func cacheKey(_ key: String) -> String {
    "\(options.keyPrefix):\(options.version):\(key)"
  }

  var statements: CacheStatements { CacheStatements(table: options.table) }

  /// The time to the second, as Django compares it with.
  var currentSecond: Date {
    Date(timeIntervalSince1970: now().timeIntervalSince1970.rounded(.down))
  }
}
