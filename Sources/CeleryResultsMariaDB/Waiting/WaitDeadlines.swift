import HeapModule

/// The deadlines of those who wait, and when each is looked for once more before it.
struct WaitDeadlines {
  typealias Instant = ContinuousClock.Instant

  /// What is to be done at a moment.
  struct Entry: Comparable {
    enum Kind {
      case lastLook
      case deadline
    }

    let instant: Instant
    let waiter: Int
    let kind: Kind

    static func < (left: Entry, right: Entry) -> Bool { left.instant < right.instant }
    static func == (left: Entry, right: Entry) -> Bool { left.instant == right.instant }
  }

  private var entries = Heap<Entry>()

  /// The next moment at which something is to be done.
  var next: Instant? { entries.min?.instant }

  /// How many there are, also of those who wait no longer.
  var count: Int { entries.count }

  /// Adds a deadline and the last look before it.
  ///
  /// - Parameters:
  ///   - deadline: When the waiting ends.
  ///   - waiter: Who waits.
  ///   - now: When the waiting begins.
  ///   - interval: How long before the deadline the last look is; it is a tenth of the time that is left, if that
  ///     is less.
  mutating func insert(_ deadline: Instant, of waiter: Int, now: Instant, interval: Duration) {
    let before = min(interval, now.duration(to: deadline) / 10)
    entries.insert(Entry(instant: deadline.advanced(by: .zero - before), waiter: waiter, kind: .lastLook))
    entries.insert(Entry(instant: deadline, waiter: waiter, kind: .deadline))
  }

  /// Takes what is to be done by now, in order.
  mutating func takeDue(at now: Instant) -> [Entry] {
    var due: [Entry] = []
    while let first = entries.min, first.instant <= now { due.append(entries.removeMin()) }
    return due
  }

  /// Drops what is of those who wait no longer, when it has become the greater part.
  mutating func compact(waiterCount: Int, isWaiting: (Int) -> Bool) {
    guard entries.count > 64 + 4 * waiterCount else { return }
    entries = Heap(entries.unordered.filter { isWaiting($0.waiter) })
  }

  /// Drops all.
  mutating func removeAll() { entries = Heap() }
}
