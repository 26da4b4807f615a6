/// A connection to a Redis server.
///
/// Its calls block on a queue of its own, never on the cooperative pool. Cancelling the task ends the call and
/// the connection.
final actor RedisConnection {
  private nonisolated let executor = RedisExecutor()
  private var handle: RedisHandle?

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Connects and logs in.
  static func connect(_ configuration: RedisConfiguration) async throws -> RedisConnection {
    try Task.checkCancellation()
    let connection = RedisConnection()
    try await connection.open(configuration)
    try await connection.run { try $0.logIn() }
    return connection
  }

  private init() {}

  private func open(_ configuration: RedisConfiguration) throws {
    handle = try RedisHandle(configuration)
  }

  /// Whether the connection can be used: the server has not closed it.
  var isUsable: Bool {
    guard let handle, !handle.isBroken else { return false }
    return !SocketInterruption.isReadable(handle.socket)
  }

  /// Runs a unit of work on the blocking handle: all its calls in one hop.
  func run<Result: Sendable>(_ body: @Sendable (RedisHandle) throws -> Result) async throws -> Result {
    let interruption = SocketInterruption()
    return try await withTaskCancellationHandler {
      try perform(body, interruption)
    } onCancel: {
      interruption.interrupt()
    }
  }

  private func perform<Result>(
    _ body: (RedisHandle) throws -> Result,
    _ interruption: SocketInterruption
  ) throws -> Result {
    guard let handle, !handle.isBroken else {
      throw RedisError(.connectionLost, explanation: "the connection to the Redis server is closed")
    }
    guard interruption.begin(on: handle.socket) else { throw CancellationError() }
    let result = Swift.Result { try body(handle) }
    guard interruption.finish() else { return try result.get() }
    self.handle = nil
    if case .success(let value) = result { return value }
    throw CancellationError()
  }
}
