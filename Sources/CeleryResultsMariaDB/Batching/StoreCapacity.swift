import DequeModule
import MariaDBClient
import Synchronization

/// Bounds how many results wait to be stored: whoever comes later waits before its result is encoded, so that
/// memory stays flat however many calls there are.
final class StoreCapacity: Sendable {
  private struct State {
    var free: Int
    var queue: Deque<Promise<Void>> = []
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
    let turn = state.withLock { state -> Promise<Void>? in
      guard state.free == 0 else {
        state.free -= 1
        return nil
      }
      let turn = Promise<Void>()
      state.queue.append(turn)
      return turn
    }
    try await turn?.value { giveUp(turn) }
  }

  private func leave() {
    let next = state.withLock { state in
      let next = state.queue.popFirst()
      if next == nil { state.free += 1 }
      return next
    }
    next?.keep(.success(()))
  }

  private func giveUp(_ turn: Promise<Void>?) {
    let leaves = state.withLock { state in
      // Who was let in already leaves as all others do.
      guard let place = state.queue.firstIndex(where: { $0 === turn }) else { return false }
      state.queue.remove(at: place)
      return true
    }
    if leaves { turn?.keep(.failure(CancellationError())) }
  }
}
