import DequeModule
import Promises
import Synchronization

/// Bounds how many results wait to be stored: whoever comes later waits before its result is encoded, so that
/// memory stays flat however many calls there are.
final class StoreCapacity: Sendable {
  private final class Turn: Sendable {
    let promise = Promise<Void>()
  }

  /// For how many more there is room; negative while others wait, and then it changes under the lock only.
  private let free: Atomic<Int>
  private let queue = Mutex<Deque<Turn>>([])

  private static let othersWait = -1

  /// Makes room for some results.
  init(_ count: Int) {
    free = Atomic(count)
  }

  /// Takes the room for one more, unless others wait or there is none.
  func enterAtOnce() -> Bool {
    change(by: -1) { $0 > 0 }
  }

  /// Waits until there is room for one more; those who wait are let in as they came.
  ///
  /// - Throws: `CancellationError` when the task is cancelled before.
  func enter() async throws {
    let turn = queue.withLock { queue -> Turn? in
      while !enterAtOnce() {
        // Whoever left meanwhile has made room.
        let (isFull, free) = free.compareExchange(expected: 0, desired: Self.othersWait, ordering: .relaxed)
        guard isFull || free == Self.othersWait else { continue }
        let turn = Turn()
        queue.append(turn)
        return turn
      }
      return nil
    }
    try await turn?.promise.value { giveUp(turn) }
  }

  /// Gives the room back.
  func leave() {
    if change(by: 1, while: { $0 >= 0 }) { return }
    let next = queue.withLock { queue in
      let next = queue.popFirst()
      // Those who waited may have given up meanwhile.
      if next == nil { free.add(1, ordering: .releasing) } else { endWaiting(queue) }
      return next
    }
    next?.promise.keep(.success(()))
  }

  private func giveUp(_ turn: Turn?) {
    let leaves = queue.withLock { queue in
      // Who was let in already leaves as all others do.
      guard let place = queue.firstIndex(where: { $0 === turn }) else { return false }
      queue.remove(at: place)
      endWaiting(queue)
      return true
    }
    if leaves { turn?.promise.keep(.failure(CancellationError())) }
  }

  /// Lets others in at once again when nobody waits.
  private func endWaiting(_ queue: borrowing Deque<Turn>) {
    if queue.isEmpty { free.store(0, ordering: .releasing) }
  }

  /// Changes the number as long as it allows that.
  private func change(by difference: Int, while isAllowed: (Int) -> Bool) -> Bool {
    var current = free.load(ordering: .relaxed)
    while isAllowed(current) {
      let (isChanged, original) = free.weakCompareExchange(
        expected: current,
        desired: current + difference,
        ordering: .acquiringAndReleasing
      )
      if isChanged { return true }
      current = original
    }
    return false
  }
}
