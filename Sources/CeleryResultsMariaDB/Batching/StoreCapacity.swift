import DequeModule
import Synchronization

/// Bounds how many results wait to be stored: whoever comes later waits before its result is encoded, so that
/// memory stays flat however many calls there are.
final class StoreCapacity: Sendable {
  private struct State {
    var free: Int
    var queue: Deque<Int> = []
    var waiters: [Int: CheckedContinuation<Void, any Error>] = [:]
    /// Who was let in, or has left, before its continuation was there.
    var early: [Int: Result<Void, any Error>] = [:]
    var lastWaiter = 0
  }

  private let state: Mutex<State>

  /// Makes room for some results.
  init(_ count: Int) {
    state = Mutex(State(free: count))
  }

  /// Runs a closure once there is room for it; those who wait are let in as they came.
  ///
  /// - Throws: What the closure throws; `CancellationError` when the task is cancelled before it begins.
  func withRoom<Result>(_ body: () async throws -> Result) async throws -> Result {
    try await enter()
    defer { leave() }
    return try await body()
  }

  private func enter() async throws {
    let waiter = state.withLock { state -> Int? in
      guard state.free == 0 else {
        state.free -= 1
        return nil
      }
      state.lastWaiter += 1
      state.queue.append(state.lastWaiter)
      return state.lastWaiter
    }
    guard let waiter else { return }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let early = state.withLock { state in
          let early = state.early.removeValue(forKey: waiter)
          if early == nil { state.waiters[waiter] = continuation }
          return early
        }
        if let early { continuation.resume(with: early) }
      }
    } onCancel: {
      giveUp(waiter)
    }
  }

  private func leave() {
    let continuation = state.withLock { state -> CheckedContinuation<Void, any Error>? in
      guard let next = state.queue.popFirst() else {
        state.free += 1
        return nil
      }
      return Self.tell(next, .success(()), &state)
    }
    continuation?.resume()
  }

  private func giveUp(_ waiter: Int) {
    let continuation = state.withLock { state -> CheckedContinuation<Void, any Error>? in
      // Who was let in already leaves as all others do.
      guard let place = state.queue.firstIndex(of: waiter) else { return nil }
      state.queue.remove(at: place)
      return Self.tell(waiter, .failure(CancellationError()), &state)
    }
    continuation?.resume(throwing: CancellationError())
  }

  private static func tell(
    _ waiter: Int,
    _ outcome: Result<Void, any Error>,
    _ state: inout State
  ) -> CheckedContinuation<Void, any Error>? {
    let continuation = state.waiters.removeValue(forKey: waiter)
    if continuation == nil { state.early[waiter] = outcome }
    return continuation
  }
}
