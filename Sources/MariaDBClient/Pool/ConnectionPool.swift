internal import Logging
internal import Promises
internal import Synchronization

/// Does what ``PoolStateMachine`` says: opens, hands out, resets and closes connections.
final class ConnectionPool: Sendable {
  private typealias Grant = PoolStateMachine.Grant

  private final class Waiter: Sendable {
    let promise = Promise<Grant>()
  }

  private struct State {
    var machine: PoolStateMachine
    var connections: [PoolStateMachine.ConnectionID: MariaDBConnection] = [:]
    var waiters: [PoolStateMachine.WaiterID: Waiter] = [:]
    var nextWaiter = 0
  }

  private let connectionConfiguration: MariaDBConnection.Configuration
  private let configuration: PoolConfiguration
  private let logger: Logger
  private let state: Mutex<State>

  init(
    _ configuration: PoolConfiguration,
    connection: MariaDBConnection.Configuration,
    logger: Logger
  ) {
    self.configuration = configuration
    self.connectionConfiguration = connection
    self.logger = logger
    state = Mutex(State(machine: PoolStateMachine(configuration)))
  }

  /// Lends a connection for as long as the closure runs.
  func withConnection<Result>(_ body: (MariaDBConnection) async throws -> Result) async throws -> Result {
    let (id, connection) = try await acquire()
    do {
      let result = try await body(connection)
      await release(id, connection)
      return result
    } catch {
      await release(id, connection)
      throw error
    }
  }

  // MARK: Lending

  private func acquire() async throws -> (PoolStateMachine.ConnectionID, MariaDBConnection) {
    while true {
      try Task.checkCancellation()
      let waiter = Waiter()
      let (id, action) = state.withLock { state in
        state.nextWaiter += 1
        let action = state.machine.lease(state.nextWaiter)
        if case .wait = action { state.waiters[state.nextWaiter] = waiter }
        return (state.nextWaiter, action)
      }
      let grant =
        switch action {
        case .grant(let grant): grant
        case .wait: try await wait(id, waiter)
        case .refuse: throw MariaDBError(.clientShutdown)
        }
      switch grant {
      case .open(let id): return (id, try await open(id))
      case .use(let id):
        guard let connection = state.withLock({ $0.connections[id] }) else { continue }
        guard connection.isBroken else { return (id, connection) }
        logger.debug("the server has closed a connection that was not in use")
        await giveBack(id, connection, reusable: false)
      }
    }
  }

  private func open(_ id: PoolStateMachine.ConnectionID) async throws -> MariaDBConnection {
    do {
      let connection = try await MariaDBConnection.connect(connectionConfiguration)
      state.withLock { state in
        state.machine.opened(id, now: .now)
        state.connections[id] = connection
      }
      logger.debug("opened a connection", metadata: ["server": "\(connectionConfiguration)"])
      return connection
    } catch {
      hand(state.withLock { $0.machine.openFailed(id) })
      throw error
    }
  }

  // MARK: Waiting

  private func wait(_ id: PoolStateMachine.WaiterID, _ waiter: Waiter) async throws -> Grant {
    // A task of its own keeps the time: nothing else runs when nobody calls run().
    let timer = Task { [configuration] in
      try await Task.sleep(for: configuration.acquireTimeout)
      self.stopWaiting(
        id,
        error: MariaDBError(
          .acquireTimeout,
          explanation: "no connection became free within \(configuration.acquireTimeout); all "
            + "\(configuration.maximumConnections) are in use: raise maximumConnections, or hold them for less"
        )
      )
    }
    defer { timer.cancel() }
    return try await waiter.promise.value { stopWaiting(id, error: CancellationError()) }
  }

  private func stopWaiting(_ waiter: PoolStateMachine.WaiterID, error: any Error) {
    let waits = state.withLock { $0.machine.cancel(waiter) }
    if waits { tell(waiter, .failure(error)) }
  }

  private func tell(_ waiter: PoolStateMachine.WaiterID, _ outcome: Result<Grant, any Error>) {
    state.withLock { $0.waiters.removeValue(forKey: waiter) }?.promise.keep(outcome)
  }

  // MARK: Taking back

  private func release(_ id: PoolStateMachine.ConnectionID, _ connection: MariaDBConnection) async {
    // To connect again costs little beside the large rows that it has read.
    guard !connection.holdsMuchMemory else { return await giveBack(id, connection, reusable: false) }
    if connection.needsReset, !connection.isBroken {
      do {
        try await connection.reset()
      } catch {
        logger.warning(
          "a connection's session could not be reset; it is closed",
          metadata: ["error": "\(error)"]
        )
      }
    }
    // Whoever is lent it next looks at its socket.
    await giveBack(id, connection, reusable: !connection.hasFailed && !connection.needsReset)
  }

  private func giveBack(
    _ id: PoolStateMachine.ConnectionID,
    _ connection: MariaDBConnection,
    reusable: Bool
  ) async {
    let action = state.withLock { state in
      let action = state.machine.release(id, reusable: reusable, now: .now)
      if action.closes { state.connections[id] = nil }
      return action
    }
    hand(action)
    if action.closes {
      logger.debug("closed a connection", metadata: ["reusable": "\(reusable)"])
      await connection.close()
    }
  }

  private func hand(_ action: PoolStateMachine.ReleaseAction) {
    if let (waiter, grant) = action.grant { tell(waiter, .success(grant)) }
  }
}

// MARK: - Maintenance

extension ConnectionPool {
  /// Closes what has expired.
  ///
  /// - Returns: When there will be more to do.
  func expire() async -> ContinuousClock.Instant? {
    let (expired, next) = state.withLock { state in
      let ids = state.machine.expire(now: .now)
      return (ids.compactMap { state.connections.removeValue(forKey: $0) }, state.machine.nextExpiry())
    }
    for connection in expired { await connection.close() }
    if !expired.isEmpty { logger.debug("closed unused connections", metadata: ["count": "\(expired.count)"]) }
    return next
  }

  /// Refuses everybody from here on, those who wait included, and closes what is unused.
  ///
  /// What is in use is closed when it comes back.
  func shutDown() async {
    let (connections, waiters) = state.withLock { state in
      let action = state.machine.shutDown()
      return (
        action.closes.compactMap { state.connections.removeValue(forKey: $0) },
        action.refuses
      )
    }
    for waiter in waiters { tell(waiter, .failure(MariaDBError(.clientShutdown))) }
    for connection in connections { await connection.close() }
  }

  /// Open connections, used or not.
  var connectionCount: Int { state.withLock { $0.machine.connectionCount } }
}
