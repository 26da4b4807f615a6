public import Logging
public import ServiceLifecycle

/// A client of a MySQL or MariaDB server: a pool of connections.
///
/// It works as soon as it is made. ``run()`` closes connections that have been unused for long, and shuts the
/// client down in order; run it in a `ServiceGroup` or a task group for as long as the client is used.
///
/// ```swift
/// let client = MariaDBClient(configuration: .init(try .init(url: "mysql://user:password@127.0.0.1/db")))
/// let rows = try await client.query("SELECT name FROM users WHERE id = \(id)").rows
/// ```
public final class MariaDBClient: Service {
  /// What a client is made with.
  public struct Configuration: Sendable, Hashable {
    /// Where the connections go.
    public var connection: MariaDBConnection.Configuration
    /// How many there are and for how long.
    public var pool: PoolConfiguration

    /// Makes a configuration.
    public init(_ connection: MariaDBConnection.Configuration, pool: PoolConfiguration = .init()) {
      self.connection = connection
      self.pool = pool
    }
  }

  /// What the client was made with.
  public let configuration: Configuration
  private let pool: ConnectionPool

  /// Makes a client.
  ///
  /// No connection is opened before it is needed.
  ///
  /// - Parameters:
  ///   - configuration: Where to connect, and how many connections to keep.
  ///   - logger: Gets a line for each connection that opens or closes, at the level `debug`, and warnings.
  public init(configuration: Configuration, logger: Logger = Logger(label: "MariaDBClient")) {
    self.configuration = configuration
    pool = ConnectionPool(configuration.pool, connection: configuration.connection, logger: logger)
  }

  /// Runs a statement on a connection of the pool and reads all its rows.
  ///
  /// - Parameter statement: The text and its parameters.
  /// - Returns: The rows, or how many rows were changed.
  /// - Throws: ``MariaDBError``; `CancellationError`.
  @discardableResult
  public func query(_ statement: SQLStatement) async throws -> QueryResult {
    try await run { try $0.query(statement) }
  }

  /// Runs a unit of work on a connection of the pool: all its calls in one hop.
  ///
  /// - Parameter body: What to do. It must not keep the handle.
  /// - Returns: What the closure returns.
  /// - Throws: What ``MariaDBConnection/run(_:)`` throws, and what ``withConnection(_:)`` throws.
  public func run<Result: Sendable>(
    _ body: @Sendable (ConnectionHandle) throws -> Result
  ) async throws -> Result {
    try await pool.withConnection { try await $0.run(body) }
  }

  /// Lends a connection for as long as the closure runs.
  ///
  /// Afterwards its session is reset, if anything was left in it, and the next borrower gets it.
  ///
  /// - Parameter body: What to do. It must not keep the connection.
  /// - Returns: What the closure returns.
  /// - Throws: What the closure throws; ``MariaDBError`` with the code
  ///   ``MariaDBError/Code/acquireTimeout`` when no connection became free in time, or with what kept a new
  ///   one from being opened; `CancellationError`.
  public func withConnection<Result>(
    _ body: (MariaDBConnection) async throws -> Result
  ) async throws -> Result {
    try await pool.withConnection(body)
  }

  /// Runs a closure in a transaction: committed when it returns, rolled back when it throws.
  ///
  /// - Parameters:
  ///   - isolationLevel: The level of this transaction alone. Nil: the session's.
  ///   - body: What to do. It must not keep the connection.
  /// - Returns: What the closure returns.
  /// - Throws: What ``withConnection(_:)`` throws, and what
  ///   ``MariaDBConnection/withTransaction(isolationLevel:_:)`` throws.
  public func withTransaction<Result>(
    isolationLevel: IsolationLevel? = nil,
    _ body: (MariaDBConnection) async throws -> Result
  ) async throws -> Result {
    try await pool.withConnection { connection in
      try await connection.withTransaction(isolationLevel: isolationLevel, body)
    }
  }

  /// Closes connections that are unused or too old, until the task is cancelled or a graceful shutdown
  /// begins; then shuts the client down.
  public func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        let next = await self.pool.expire()
        let soonest = ContinuousClock.now + .milliseconds(100)
        // Connections that come back meanwhile expire later than this.
        let latest = ContinuousClock.now + min(self.configuration.pool.idleTimeout, .seconds(30))
        try? await Task.sleep(until: max(soonest, min(next ?? latest, latest)))
      }
    }
    await shutDown()
  }

  /// Closes unused connections now, and those in use when they come back; whoever waits for one, or asks from
  /// here on, gets ``MariaDBError/Code/clientShutdown``.
  ///
  /// Calling it again does nothing.
  public func shutDown() async {
    await pool.shutDown()
  }

  /// How many connections are open or being opened.
  public var connectionCount: Int { pool.connectionCount }
}
