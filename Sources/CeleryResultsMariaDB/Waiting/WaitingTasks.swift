#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults

/// The tasks that are waited for, who waits for them, and what to ask next.
///
/// It knows no clock and no server: it is told what happens and when, and says what to ask and whom to tell. A new
/// task is looked for at once, and so is one that is known to have changed. Behind that all are asked for at each
/// interval while they are few. When they are many the question is which rows changed lately, and all ids are checked
/// more slowly, in pieces: that finds what a writer stored whose clock is wrong, and what was committed late.
struct WaitingTasks {
  typealias Instant = ContinuousClock.Instant

  /// Results for somebody who waits.
  struct Delivery {
    let waiter: Int
    var results: [TaskResult]
    /// Whether nothing more is waited for.
    var isLast = false
  }

  struct Entry {
    var waiters: [Int]
    /// Whether it is among ``toLookAt``.
    var isToLookAt: Bool
  }

  private struct Waiter {
    let ids: [TaskID]
    var missingCount: Int
  }

  let pace: WaitingPace
  private var waiters: [Int: Waiter] = [:]
  private var deadlines = WaitDeadlines()
  var entries: [TaskID: Entry] = [:]
  var toLookAt: [TaskID] = []
  var schedule = WaitingSchedule()

  init(pace: WaitingPace) {
    self.pace = pace
  }

  /// Whether nobody waits.
  var isEmpty: Bool { waiters.isEmpty }
  /// How many wait.
  var waiterCount: Int { waiters.count }
  /// How many deadlines are kept.
  var deadlineCount: Int { deadlines.count }

  /// Somebody begins to wait for some tasks, each named once.
  mutating func add(_ waiter: Int, for ids: [TaskID], deadline: Instant?, at now: Instant) {
    if waiters.isEmpty { schedule.begin(pace, at: now) }
    waiters[waiter] = Waiter(ids: ids, missingCount: ids.count)
    for id in ids { entries[id, default: Entry(waiters: [], isToLookAt: false)].waiters.append(waiter) }
    if let deadline { deadlines.insert(deadline, of: waiter, now: now, interval: pace.interval) }
    wake(ids)
  }

  /// Somebody waits no longer.
  mutating func remove(_ waiter: Int) {
    guard let removed = waiters.removeValue(forKey: waiter) else { return }
    for id in removed.ids {
      guard let index = entries[id]?.waiters.firstIndex(of: waiter) else { continue }
      entries[id]?.waiters.remove(at: index)
      if entries[id]?.waiters.isEmpty == true { entries[id] = nil }
    }
    forgetWhatIsOver()
  }

  /// Nobody waits any more.
  mutating func removeAll() {
    waiters = [:]
    entries = [:]
    forgetWhatIsOver()
  }

  /// Some tasks may have changed: those that are waited for are looked at next.
  mutating func wake(_ ids: some Sequence<TaskID>) {
    guard !entries.isEmpty else { return }
    for id in ids where entries[id]?.isToLookAt == false {
      entries[id]?.isToLookAt = true
      toLookAt.append(id)
    }
  }

  /// Takes the results of tasks that are ready: nobody waits for these any more.
  ///
  /// - Returns: Whom to tell.
  mutating func take(_ results: [TaskResult]) -> [Delivery] {
    var deliveries: [Delivery] = []
    var places: [Int: Int] = [:]
    for result in results {
      for waiter in entries.removeValue(forKey: result.id)?.waiters ?? [] {
        if let place = places[waiter] {
          deliveries[place].results.append(result)
        } else {
          places[waiter] = deliveries.count
          deliveries.append(Delivery(waiter: waiter, results: [result]))
        }
        waiters[waiter]?.missingCount -= 1
      }
    }
    for place in deliveries.indices where waiters[deliveries[place].waiter]?.missingCount == 0 {
      deliveries[place].isLast = true
      waiters[deliveries[place].waiter] = nil
    }
    forgetWhatIsOver()
    return deliveries
  }

  /// Ends the waiting of those whose deadline has come, and has those looked at whose deadline is near.
  ///
  /// - Returns: Who has waited in vain, and for which task among others.
  mutating func takeExpired(at now: Instant) -> [(waiter: Int, id: TaskID?)] {
    var expired: [(waiter: Int, id: TaskID?)] = []
    for entry in deadlines.takeDue(at: now) {
      guard let waiter = waiters[entry.waiter] else { continue }
      switch entry.kind {
      case .lastLook: wake(waiter.ids)
      case .deadline:
        expired.append((entry.waiter, waiter.ids.first))
        remove(entry.waiter)
      }
    }
    return expired
  }

  /// The next deadline.
  var nextDeadline: Instant? { deadlines.next }

  private mutating func forgetWhatIsOver() {
    if waiters.isEmpty {
      deadlines.removeAll()
      toLookAt = []
      schedule.end()
    } else {
      deadlines.compact(waiterCount: waiters.count) { waiters[$0] != nil }
      guard toLookAt.count > 1_024 + 2 * entries.count else { return }
      var seen: Set<TaskID> = []
      toLookAt = toLookAt.filter { entries[$0]?.isToLookAt == true && seen.insert($0).inserted }
    }
  }
}
