import DequeModule
import Promises
import Synchronization

/// Bounds how many results wait to be stored: whoever comes later waits before its result is encoded, so that
/// memory stays flat however many calls there are.
final class StoreCapacity: Sendable {
  private final class Turn: Sendable {
    let promise = Promise<Void>()
  }

  private struct State {
    /// None while anybody waits.
    var free: Int
    var queue: Deque<Turn> = []
  }

  private let state: Mutex<State>

  /// Makes room for some results.
  init(_ count: Int) {
    state = Mutex(State(free: count))
  }

  /// Takes the room for one more, unless others wait or there is none.
  func enterAtOnce() -> Bool {
    state.withLock { state in
      guard state.free > 0 else { return false }
      state.free -= 1
      return true
    }
  }

  /// Waits until there is room for one more; those who wait are let in as they came.
  ///
  /// - Throws: `CancellationError` when the task is cancelled before.
  func enter() async throws {
    let turn = state.withLock { state -> Turn? in
      guard state.free == 0 else {
        state.free -= 1
        return nil
      }
      let turn = Turn()
      state.queue.append(turn)
      return turn
    }
    try await turn?.promise.value { giveUp(turn) }
  }

  /// Gives the room back.
  func leave() {
    let next = state.withLock { state in
      let next = state.queue.popFirst()
      if next == nil { state.free += 1 }
      return next
    }
    next?.promise.keep(.success(()))
  }

  private func giveUp(_ turn: Turn?) {
    let leaves = state.withLock { state in
      // Who was let in already leaves as all others do.
      guard let place = state.queue.firstIndex(where: { $0 === turn }) else { return false }
      state.queue.remove(at: place)
      return true
    }
    if leaves { turn?.promise.keep(.failure(CancellationError())) }
  }
}
