public import CeleryResults
public import Logging
public import MariaDBClient
public import ServiceLifecycle

/// Keeps results in MySQL or MariaDB, in the tables of django-celery-results.
///
/// A store that has returned is committed: it survives what the server's own settings promise. A lone one is one
/// statement, those that come at the same time share some, and over a row that exists none uses up an AUTO_INCREMENT
/// value.
///
/// ```swift
/// let backend = try DatabaseBackend(url: "mysql://celery:secret@127.0.0.1/celery")
/// try await backend.markAsDone("7e3c0c4e", result: 42)
/// ```
///
/// Source: `django_celery_results.backends.DatabaseBackend`.
public final class DatabaseBackend: ResultBackend, Service {
  /// The settings that all backends share.
  public let configuration: ResultBackendConfiguration
  /// The connections.
  public let client: MariaDBClient
  let logger: Logger
  let catalog: CatalogCache
  let stores: Batcher<StoreWork>?
  let reads: Batcher<ReadWork>?
  let storeCapacity: StoreCapacity?
  /// All who wait.
  let poller: ResultPoller
  /// Tells the poller what the binary log has, if it is to be followed.
  let follower: BinaryLogFollower?

  /// Makes a backend.
  ///
  /// No connection is opened before it is needed.
  ///
  /// - Parameters:
  ///   - client: Where the tables are, and how many connections to keep. Where it states no isolation level it
  ///     is `READ COMMITTED`: under `REPEATABLE READ` concurrent stores of new tasks deadlock.
  ///   - configuration: The settings that all backends share.
  ///   - batching: How concurrent calls share statements; nil gives each call statements of its own.
  ///   - followsBinaryLog: Whether who waits is told of results by the server's binary log, and polls only where it
  ///     cannot be followed: see <doc:Push>.
  ///   - logger: Gets what the connections have to say, what the tables lack, and what is tried again.
  public init(
    client: MariaDBClient.Configuration,
    configuration: ResultBackendConfiguration = .init(),
    batching: BatchingConfiguration? = .init(),
    followsBinaryLog: Bool = false,
    logger: Logger = Logger(label: "DatabaseBackend")
  ) {
    var client = client
    client.connection.isolationLevel = client.connection.isolationLevel ?? .readCommitted
    self.configuration = configuration
    self.logger = logger
    catalog = CatalogCache(storePolicy: configuration.storePolicy, logger: logger)
    let connectionLimit = client.pool.maximumConnections
    stores = batching.map { Batcher($0, connectionLimit: connectionLimit) }
    reads = batching.map { Batcher($0, connectionLimit: connectionLimit) }
    storeCapacity = batching.map { StoreCapacity($0.maximumWaiting) }
    poller = ResultPoller(
      pace: configuration.pollingInterval.map { WaitingPace(interval: $0) } ?? WaitingPace(),
      date: configuration.now
    )
    follower = followsBinaryLog ? BinaryLogFollower(client.connection, logger: logger) : nil
    self.client = MariaDBClient(configuration: client, logger: logger)
  }

  /// Makes a backend from a URL, as `CELERY_RESULT_BACKEND` has it.
  ///
  /// - Parameters:
  ///   - url: `mysql://user:password@host:port/database`; see `MariaDBConnection.Configuration.init(url:)`.
  ///   - configuration: The settings that all backends share.
  ///   - batching: How concurrent calls share statements; nil gives each call statements of its own.
  ///   - followsBinaryLog: Whether who waits is told of results by the server's binary log, and polls only where it
  ///     cannot be followed: see <doc:Push>.
  ///   - logger: Gets what the connections have to say.
  /// - Throws: `MariaDBError` with the code `invalidConfiguration`.
  public convenience init(
    url: String,
    configuration: ResultBackendConfiguration = .init(),
    batching: BatchingConfiguration? = .init(),
    followsBinaryLog: Bool = false,
    logger: Logger = Logger(label: "DatabaseBackend")
  ) throws(MariaDBError) {
    self.init(
      client: .init(try .init(url: url)),
      configuration: configuration,
      batching: batching,
      followsBinaryLog: followsBinaryLog,
      logger: logger
    )
  }

  /// Closes connections that have been unused for long, until the task is cancelled or a graceful shutdown
  /// begins; then closes all.
  ///
  /// Stores and reads work without it.
  public func run() async throws {
    defer { poller.shutDown() }
    do {
      try await client.run()
    } catch {
      await follower?.stop()
      throw error
    }
    await follower?.stop()
  }

  /// Closes the connections, those in use when they come back, and ends all waiting.
  public func shutDown() async {
    poller.shutDown()
    await follower?.stop()
    await client.shutDown()
  }

  /// Runs a unit of work that depends on the columns of the tables.
  ///
  /// When the server says that these have changed it runs once more, with the columns as they are now.
  ///
  /// - Parameters:
  ///   - condition: What must be known for the work to be tried again, as the configuration's policy says.
  ///   - body: What to do.
  func withCatalog<Result: Sendable>(
    retrying condition: RetryCondition = .idempotent,
    _ body: @Sendable (ConnectionHandle, Catalog) throws -> Result
  ) async throws -> Result {
    try await retrying(condition) { try await runWithCatalog(body) }
  }

  /// The same, and what passes is not tried again.
  func runWithCatalog<Result: Sendable>(
    _ body: @Sendable (ConnectionHandle, Catalog) throws -> Result
  ) async throws -> Result {
    try await client.run { [catalog] handle in
      do {
        return try Self.run(body, on: handle, with: catalog)
      } catch let error as MariaDBError where error.isOfAnotherServersTurn {
        // The pool must not lend it again: the next connection may reach another server.
        handle.close()
        throw error
      }
    }
  }

  private static func run<Result>(
    _ body: (ConnectionHandle, Catalog) throws -> Result,
    on handle: ConnectionHandle,
    with catalog: CatalogCache
  ) throws -> Result {
    let known = try catalog.value(handle)
    do {
      return try body(handle, known)
    } catch let error as MariaDBError where error.saysThatColumnsChanged {
      return try body(handle, try catalog.read(handle))
    } catch let error as ResultError where error.code == .valueTooLong || error.code == .resultTooLarge {
      // The limit may have been raised since it was read.
      return try body(handle, try catalog.read(handle))
    }
  }
}

extension MariaDBError {
  /// A column is gone (1054), a new one needs a value (1364), the table was made anew (1146), or an index that a
  /// statement names is gone (1176).
  var saysThatColumnsChanged: Bool {
    code == .unknownColumn || code == .columnNeedsValue || code == .unknownTable || errno == 1_176
  }
}
