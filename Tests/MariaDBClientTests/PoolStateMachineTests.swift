import Testing

@testable import MariaDBClient

/// The pool's decisions, at times that the tests choose.
@Suite struct PoolStateMachineTests {
  /// A clock that moves when it is told to.
  struct MockClock {
    var now = ContinuousClock.now
    mutating func advance(by duration: Duration) { now += duration }
  }

  /// A machine behind a reference, so that an expectation may hold a call that changes it.
  final class Pool {
    private var machine: PoolStateMachine

    init(_ configuration: PoolConfiguration) { machine = PoolStateMachine(configuration) }

    var connectionCount: Int { machine.connectionCount }
    var idleCount: Int { machine.idleCount }
    func nextExpiry() -> ContinuousClock.Instant? { machine.nextExpiry() }

    func lease(_ waiter: Int) -> PoolStateMachine.LeaseAction { machine.lease(waiter) }
    func opened(_ id: Int, now: ContinuousClock.Instant) { machine.opened(id, now: now) }
    func openFailed(_ id: Int) -> PoolStateMachine.ReleaseAction { machine.openFailed(id) }
    func release(_ id: Int, reusable: Bool, now: ContinuousClock.Instant) -> PoolStateMachine.ReleaseAction {
      machine.release(id, reusable: reusable, now: now)
    }
    func cancel(_ waiter: Int) -> Bool { machine.cancel(waiter) }
    func expire(now: ContinuousClock.Instant) -> [Int] { machine.expire(now: now) }
    func shutDown() -> PoolStateMachine.ShutdownAction { machine.shutDown() }
  }

  func machine(maximum: Int = 2, lifetime: Duration? = nil) -> Pool {
    var configuration = PoolConfiguration(maximumConnections: maximum)
    configuration.idleTimeout = .seconds(60)
    configuration.maximumLifetime = lifetime
    return Pool(configuration)
  }

  @Test func `Opens connections up to the maximum, then lets callers wait`() {
    let pool = machine()
    #expect(pool.lease(1) == .grant(.open(1)))
    #expect(pool.lease(2) == .grant(.open(2)))
    #expect(pool.lease(3) == .wait)
    #expect(pool.connectionCount == 2)
  }

  @Test func `Hands a connection that comes back to the one who has waited longest`() {
    let clock = MockClock()
    let pool = machine(maximum: 1)
    _ = pool.lease(1)
    pool.opened(1, now: clock.now)
    #expect(pool.lease(2) == .wait)
    #expect(pool.lease(3) == .wait)
    #expect(pool.release(1, reusable: true, now: clock.now).grant?.waiter == 2)
    #expect(pool.release(1, reusable: true, now: clock.now).grant?.waiter == 3)
    #expect(pool.release(1, reusable: true, now: clock.now) == .init())
    #expect(pool.idleCount == 1)
  }

  @Test func `Hands out the connection used last`() {
    let clock = MockClock()
    let pool = machine()
    for id in 1...2 {
      _ = pool.lease(id)
      pool.opened(id, now: clock.now)
    }
    _ = pool.release(1, reusable: true, now: clock.now)
    _ = pool.release(2, reusable: true, now: clock.now)
    #expect(pool.lease(3) == .grant(.use(2)))
  }

  @Test func `Closes a broken connection and lets the first waiter open another`() {
    let clock = MockClock()
    let pool = machine(maximum: 1)
    _ = pool.lease(1)
    pool.opened(1, now: clock.now)
    _ = pool.lease(2)
    let action = pool.release(1, reusable: false, now: clock.now)
    #expect(action == .init(closes: true, grant: (2, .open(2))))
    #expect(pool.idleCount == 0)
  }

  @Test func `Gives the place of a connection that could not be opened to the first waiter`() {
    let pool = machine(maximum: 1)
    _ = pool.lease(1)
    _ = pool.lease(2)
    #expect(pool.openFailed(1) == .init(closes: false, grant: (2, .open(2))))
    #expect(pool.openFailed(2) == .init())
    #expect(pool.connectionCount == 0)
  }

  @Test func `Forgets a waiter that gives up, but not one that has been served`() {
    let clock = MockClock()
    let pool = machine(maximum: 1)
    _ = pool.lease(1)
    pool.opened(1, now: clock.now)
    _ = pool.lease(2)
    _ = pool.lease(3)
    #expect(pool.cancel(2))
    #expect(pool.release(1, reusable: true, now: clock.now).grant?.waiter == 3)
    #expect(!pool.cancel(3))
  }

  @Test func `Expires what is unused for too long, and says when the next will`() {
    var clock = MockClock()
    let pool = machine()
    for id in 1...2 {
      _ = pool.lease(id)
      pool.opened(id, now: clock.now)
    }
    _ = pool.release(1, reusable: true, now: clock.now)
    clock.advance(by: .seconds(30))
    _ = pool.release(2, reusable: true, now: clock.now)
    #expect(pool.nextExpiry() == clock.now + .seconds(30))
    clock.advance(by: .seconds(30))
    #expect(pool.expire(now: clock.now) == [1])
    #expect(pool.connectionCount == 1)
    clock.advance(by: .seconds(30))
    #expect(pool.expire(now: clock.now) == [2])
    #expect(pool.nextExpiry() == nil)
  }

  @Test func `Closes a connection that is too old, when it comes back or while it is unused`() {
    var clock = MockClock()
    let pool = machine(lifetime: .seconds(100))
    for id in 1...2 {
      _ = pool.lease(id)
      pool.opened(id, now: clock.now)
    }
    clock.advance(by: .seconds(50))
    _ = pool.release(1, reusable: true, now: clock.now)
    #expect(pool.nextExpiry() == clock.now + .seconds(50))
    clock.advance(by: .seconds(50))
    #expect(pool.release(2, reusable: true, now: clock.now).closes)
    #expect(pool.expire(now: clock.now) == [1])
    #expect(pool.connectionCount == 0)
  }

  @Test func `Refuses everybody after a shutdown and is drained when the last connection is back`() {
    let clock = MockClock()
    let pool = machine(maximum: 2)
    for id in 1...2 {
      _ = pool.lease(id)
      pool.opened(id, now: clock.now)
    }
    _ = pool.release(1, reusable: true, now: clock.now)
    _ = pool.lease(3)
    _ = pool.lease(4)
    let action = pool.shutDown()
    #expect(action == .init(closes: [], refuses: [4]))
    #expect(pool.lease(5) == .refuse)
    #expect(pool.release(2, reusable: true, now: clock.now).closes)
    #expect(pool.release(1, reusable: true, now: clock.now).closes)
    #expect(pool.connectionCount == 0)
  }
}
