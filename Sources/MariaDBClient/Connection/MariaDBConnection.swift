import Synchronization

/// A connection to a MySQL or MariaDB server.
///
/// Its calls block on a queue of its own, never on the cooperative pool. A unit of work, one query or a whole
/// closure, costs one hop. Cancelling the task stops the query on the server and leaves the connection
/// usable.
public final actor MariaDBConnection {
  private nonisolated let executor = ConnectionExecutor()
  private var handle: ConnectionHandle?
  private nonisolated let deadline: QueryDeadline?
  private nonisolated let status = Mutex(Status())

  /// What the pool asks without a hop.
  struct Status {
    var isBroken = false
    var needsReset = false
    var holdsMuchMemory = false
    var socket: Int32 = -1
  }

  /// The configuration that the connection was made with.
  public nonisolated let configuration: Configuration

  /// The queue of the connection.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private init(_ configuration: Configuration) {
    self.configuration = configuration
    deadline = configuration.queryTimeout.map(QueryDeadline.init)
  }

  /// Connects and logs in.
  ///
  /// - Parameter configuration: Where to connect, as whom, and for how long to wait.
  /// - Returns: An open connection. It is closed by ``close()``, or when it is released.
  /// - Throws: ``MariaDBError`` as ``ConnectionHandle/init(_:)`` does; `CancellationError`.
  public static func connect(_ configuration: Configuration) async throws -> MariaDBConnection {
    try Task.checkCancellation()
    let connection = MariaDBConnection(configuration)
    try await connection.open()
    return connection
  }

  private func open() throws {
    let handle = try ConnectionHandle(configuration)
    self.handle = handle
    status.withLock { $0.socket = handle.socket }
  }

  /// Runs a unit of work on the blocking handle: all its calls in one hop.
  ///
  /// When the task is cancelled, or ``Configuration/queryTimeout`` is over, the statement that runs is
  /// stopped on the server and no further one begins.
  ///
  /// - Parameter body: What to do. It must not keep the handle.
  /// - Returns: What the closure returns.
  /// - Throws: What the closure throws; `CancellationError` when the task was cancelled;
  ///   ``MariaDBError`` with the code ``MariaDBError/Code/queryTimeout``.
  public func run<Result: Sendable>(
    _ body: @Sendable (ConnectionHandle) throws -> Result
  ) async throws -> Result {
    let interruption = QueryInterruption()
    return try await withTaskCancellationHandler {
      try perform(body, interruption)
    } onCancel: {
      interruption.interrupt(.cancelled)
    }
  }

  /// Runs a statement and reads all its rows.
  ///
  /// - Parameter statement: The text and its parameters.
  /// - Returns: The rows, or how many rows were changed.
  /// - Throws: ``MariaDBError``; `CancellationError`.
  @discardableResult
  public nonisolated func query(_ statement: SQLStatement) async throws -> QueryResult {
    try await run { try $0.query(statement) }
  }

  /// Runs a closure in a transaction: committed when it returns, rolled back when it throws.
  ///
  /// The closure may wait for other things, and holds its locks while it does. Where it only runs statements,
  /// ``run(_:)`` with ``ConnectionHandle/withTransaction(isolationLevel:_:)`` does all in one hop.
  ///
  /// - Parameters:
  ///   - isolationLevel: The level of this transaction alone. Nil: the session's.
  ///   - body: What to do. It gets this connection.
  /// - Returns: What the closure returns.
  /// - Throws: What the closure throws; ``MariaDBError``; `CancellationError`.
  public nonisolated func withTransaction<Result>(
    isolationLevel: IsolationLevel? = nil,
    _ body: (MariaDBConnection) async throws -> Result
  ) async throws -> Result {
    try await run { try $0.begin(isolationLevel: isolationLevel) }
    do {
      let result = try await body(self)
      try await run { try $0.commit() }
      return result
    } catch {
      // Not through run(_:): a task that was cancelled has to roll back too.
      await rollback()
      throw error
    }
  }

  /// Closes the connection.
  ///
  /// Further calls do nothing.
  public func close() {
    handle?.close()
    handle = nil
    status.withLock { $0 = Status(isBroken: true) }
  }

  private func rollback() {
    handle?.rollback()
    noteStatus()
  }

  private func perform<Result: Sendable>(
    _ body: (ConnectionHandle) throws -> Result,
    _ interruption: QueryInterruption
  ) throws -> Result {
    guard let handle else {
      throw MariaDBError(.connectionLost, explanation: "the connection is closed")
    }
    let stop = QueryStop(handle)
    guard interruption.begin(stop: { stop() }) else { throw CancellationError() }
    deadline?.begin(interruption)
    handle.checkInterruption = { if let reason = interruption.reason { throw reason.error } }
    let result = Swift.Result { try body(handle) }
    handle.checkInterruption = nil
    deadline?.end()
    let reason = interruption.finish()
    if reason != nil { handle.absorbKill() }
    noteStatus()
    guard let reason, case .failure = result else { return try result.get() }
    throw reason.error
  }

  private func noteStatus() {
    guard let handle else { return }
    status.withLock {
      $0.isBroken = handle.isBroken
      $0.needsReset = handle.sessionChanged || handle.isInTransaction
      $0.holdsMuchMemory = handle.holdsMuchMemory
    }
  }
}

extension MariaDBConnection {
  /// Whether the connection cannot be used again.
  ///
  /// A server that closed it meanwhile is noticed, without a round trip.
  package nonisolated var isBroken: Bool {
    let status = status.withLock { $0 }
    return status.isBroken || SocketState.isReadable(status.socket)
  }

  /// Whether what was done last found that it cannot be used again, without a look at the socket.
  nonisolated var hasFailed: Bool {
    status.withLock { $0.isBroken }
  }

  /// Whether the session holds something that the next borrower must not find.
  nonisolated var needsReset: Bool {
    status.withLock { $0.needsReset }
  }

  /// Whether an unused connection would keep much memory.
  nonisolated var holdsMuchMemory: Bool {
    status.withLock { $0.holdsMuchMemory }
  }

  /// Makes the session what it was after connecting.
  func reset() throws {
    defer { noteStatus() }
    try handle?.resetSession()
  }
}

extension QueryInterruption.Reason {
  /// What a caller gets whose work was stopped for this reason.
  var error: any Error {
    switch self {
    case .cancelled: CancellationError()
    case .timedOut: MariaDBError(.queryTimeout)
    }
  }
}
