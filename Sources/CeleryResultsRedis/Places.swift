internal import DequeModule
internal import Synchronization

/// A number of places, and a queue of those who wait for one.
final class Places: Sendable {
  private struct Waiter {
    let id: Int
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var free: Int
    var lastID = 0
    var waiters: Deque<Waiter> = []
    var cancelled: Set<Int> = []
    var isClosed = false
  }

  private let state: Mutex<State>

  init(_ count: Int) {
    state = Mutex(State(free: count))
  }

  var isClosed: Bool { state.withLock { $0.isClosed } }
  var waiterCount: Int { state.withLock { $0.waiters.count } }

  /// Takes a place, and waits until there is one.
  ///
  /// - Throws: `CancellationError`; ``RedisError`` with the code `clientShutdown`.
  func take() async throws {
    try Task.checkCancellation()
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    defer { state.withLock { _ = $0.cancelled.remove(id) } }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if state.isClosed { return .failure(RedisError.shutDown) }
          if state.cancelled.contains(id) { return .failure(CancellationError()) }
          if state.free > 0 {
            state.free -= 1
            return .success(())
          }
          state.waiters.append(Waiter(id: id, continuation: continuation))
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let waiter = state.withLock { state -> Waiter? in
        state.cancelled.insert(id)
        return state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
      }
      waiter?.continuation.resume(throwing: CancellationError())
    }
  }

  /// Gives a place back, to whoever has waited longest.
  func giveBack() {
    let waiter = state.withLock { state -> Waiter? in
      if let waiter = state.waiters.popFirst() { return waiter }
      state.free += 1
      return nil
    }
    waiter?.continuation.resume()
  }

  /// Refuses everybody from here on, those who wait included.
  func close() {
    let waiters = state.withLock { state in
      state.isClosed = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.continuation.resume(throwing: RedisError.shutDown) }
  }
}

extension RedisError {
  static let shutDown = RedisError(.clientShutdown, explanation: "the Redis client was shut down")
}
