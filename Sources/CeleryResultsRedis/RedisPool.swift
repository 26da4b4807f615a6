internal import DequeModule
internal import Logging
internal import Synchronization

/// The connections that commands run on: those that are open and free, and places for so many at most.
final class RedisPool: Sendable {
  private let configuration: RedisConfiguration
  private let logger: Logger
  private let places: Places
  private let idle = Mutex(Deque<RedisConnection>())

  init(_ configuration: RedisConfiguration, logger: Logger) {
    self.configuration = configuration
    self.logger = logger
    places = Places(max(1, configuration.maximumConnections))
  }

  /// Runs a unit of work on a connection.
  ///
  /// When a connection that was open before turns out to be lost, the work is done again on a new one, once: it
  /// must be such that doing it twice is the same as doing it once.
  func run<Result: Sendable>(_ body: @Sendable (RedisHandle) throws -> Result) async throws -> Result {
    try await places.take()
    defer { places.giveBack() }
    if let connection = await openConnection() {
      do {
        return try await run(body, on: connection)
      } catch let error as RedisError where error.code == .connectionLost {
        logger.debug("a connection to Redis was lost and is opened anew", metadata: ["error": "\(error)"])
      }
    }
    return try await run(body, on: RedisConnection.connect(configuration))
  }

  private func run<Result: Sendable>(
    _ body: @Sendable (RedisHandle) throws -> Result,
    on connection: RedisConnection
  ) async throws -> Result {
    let result: Result
    do {
      result = try await connection.run(body)
    } catch let error as RedisError where error.isConnectionLost || error.isOfAnotherServersTurn {
      throw error
    } catch {
      await keep(connection)
      throw error
    }
    await keep(connection)
    return result
  }

  private func openConnection() async -> RedisConnection? {
    while let connection = idle.withLock({ $0.popLast() }) {
      if await connection.isUsable { return connection }
    }
    return nil
  }

  private func keep(_ connection: RedisConnection) async {
    guard await connection.isUsable, !places.isClosed else { return }
    idle.withLock { $0.append(connection) }
  }

  /// Refuses everybody from here on, and closes what is unused.
  func shutDown() {
    places.close()
    idle.withLock { $0.removeAll() }
  }

  /// How many connections are open and unused.
  var idleCount: Int { idle.withLock { $0.count } }
}
