internal import DequeModule

/// Who has which connection, who waits, and what is to be done next.
///
/// Pure: it opens, closes and waits for nothing itself, and is told the time.
///
/// Its caller holds a lock round each call and does what the returned action says outside of it.
struct PoolStateMachine {
  typealias ConnectionID = Int
  typealias WaiterID = Int
  typealias Instant = ContinuousClock.Instant

  /// What somebody who wants a connection gets.
  enum Grant: Equatable {
    /// This connection, which is open.
    case use(ConnectionID)
    /// The right to open a connection with this number: report with `opened` or `openFailed`.
    case open(ConnectionID)
  }

  enum LeaseAction: Equatable {
    case grant(Grant)
    /// Wait: a later action names this waiter.
    case wait
    case refuse
  }

  struct ReleaseAction: Equatable {
    /// The connection is not to be kept.
    var closes = false
    /// The first waiter gets this.
    var grant: (waiter: WaiterID, grant: Grant)?

    static func == (left: Self, right: Self) -> Bool {
      left.closes == right.closes && left.grant?.waiter == right.grant?.waiter
        && left.grant?.grant == right.grant?.grant
    }
  }

  struct ShutdownAction: Equatable {
    var closes: [ConnectionID] = []
    var refuses: [WaiterID] = []
  }

  private struct Idle {
    let id: ConnectionID
    let since: Instant
  }

  private let configuration: PoolConfiguration
  private var idle: Deque<Idle> = []
  private var openedAt: [ConnectionID: Instant] = [:]
  private var opening: Set<ConnectionID> = []
  private var waiters: Deque<WaiterID> = []
  private var nextConnection = 0
  private var isShutDown = false

  init(_ configuration: PoolConfiguration) {
    self.configuration = configuration
  }

  /// Open connections and those being opened.
  var connectionCount: Int { openedAt.count + opening.count }
  var idleCount: Int { idle.count }
  var waiterCount: Int { waiters.count }
  /// Somebody wants a connection.
  ///
  /// The one used last is handed out first, so that those too many grow old.
  mutating func lease(_ waiter: WaiterID) -> LeaseAction {
    guard !isShutDown else { return .refuse }
    if let connection = idle.popLast() { return .grant(.use(connection.id)) }
    if let connection = reserve() { return .grant(.open(connection)) }
    waiters.append(waiter)
    return .wait
  }

  /// A connection that was granted to be opened is open.
  ///
  /// Its opener has it.
  mutating func opened(_ id: ConnectionID, now: Instant) {
    opening.remove(id)
    openedAt[id] = now
  }

  /// A connection could not be opened.
  ///
  /// The first waiter may try.
  mutating func openFailed(_ id: ConnectionID) -> ReleaseAction {
    opening.remove(id)
    return ReleaseAction(closes: false, grant: grantPlace())
  }

  /// A connection comes back.
  ///
  /// - Parameter reusable: False when it is broken.
  mutating func release(_ id: ConnectionID, reusable: Bool, now: Instant) -> ReleaseAction {
    guard reusable, !isShutDown, !isTooOld(id, now: now) else {
      openedAt[id] = nil
      return ReleaseAction(closes: true, grant: grantPlace())
    }
    if let waiter = waiters.popFirst() {
      return ReleaseAction(closes: false, grant: (waiter, .use(id)))
    }
    idle.append(Idle(id: id, since: now))
    return ReleaseAction()
  }

  /// A waiter waits no longer.
  ///
  /// - Returns: False when it has been granted something meanwhile, which it must give back.
  mutating func cancel(_ waiter: WaiterID) -> Bool {
    guard let index = waiters.firstIndex(of: waiter) else { return false }
    waiters.remove(at: index)
    return true
  }

  /// Takes out the unused connections that have been unused too long or are too old.
  mutating func expire(now: Instant) -> [ConnectionID] {
    let expired = idle.filter { isExpired($0, now: now) }.map(\.id)
    idle.removeAll { expired.contains($0.id) }
    for id in expired { openedAt[id] = nil }
    return expired
  }

  /// When ``expire(now:)`` will next find something, or nil when nothing is unused.
  func nextExpiry() -> Instant? {
    idle.map { connection in
      let unused = connection.since + configuration.idleTimeout
      guard let lifetime = configuration.maximumLifetime, let opened = openedAt[connection.id] else {
        return unused
      }
      return min(unused, opened + lifetime)
    }.min()
  }

  /// No connection is handed out from here on; those in use close when they come back.
  mutating func shutDown() -> ShutdownAction {
    isShutDown = true
    let action = ShutdownAction(closes: idle.map(\.id), refuses: Array(waiters))
    for id in action.closes { openedAt[id] = nil }
    idle.removeAll()
    waiters.removeAll()
    return action
  }

  private mutating func reserve() -> ConnectionID? {
    guard connectionCount < max(configuration.maximumConnections, 1) else { return nil }
    nextConnection += 1
    opening.insert(nextConnection)
    return nextConnection
  }

  /// A place is free: the first waiter may open a connection.
  private mutating func grantPlace() -> (waiter: WaiterID, grant: Grant)? {
    guard !isShutDown, !waiters.isEmpty, let connection = reserve() else { return nil }
    return (waiters.removeFirst(), .open(connection))
  }

  private func isTooOld(_ id: ConnectionID, now: Instant) -> Bool {
    guard let lifetime = configuration.maximumLifetime, let opened = openedAt[id] else { return false }
    return opened + lifetime <= now
  }

  private func isExpired(_ connection: Idle, now: Instant) -> Bool {
    connection.since + configuration.idleTimeout <= now || isTooOld(connection.id, now: now)
  }
}
