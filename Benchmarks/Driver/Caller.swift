import Synchronization

/// One of the callers of a load.
struct Caller {
  var ids = TaskIDs()
  private let calls: Calls
  private var last: (number: Int, begin: UInt64)?

  init(_ calls: Calls) {
    self.calls = calls
  }

  /// The number of the next call, after one has ended; nil when there is to be no other: it is asked until then.
  mutating func next() -> Int? {
    let now = Calls.now
    if let last { calls.end(last.number, after: now - last.begin) }
    let number = calls.next(now)
    last = number.map { ($0, now) }
    return number
  }
}

/// Numbers the calls of all callers, as long as there are to be any, and keeps how long each took.
///
/// The times of all callers are beside one another: an array of each caller's own would cost more than all else here.
final class Calls: Sendable {
  /// How many there are at most: as many as anybody reaches in minutes.
  private static let most = 1 << 25

  private let limit: Int
  private let end: UInt64?
  private let count = Atomic(0)
  /// In nanoseconds, by the numbers of the calls: each is written once, and read when all have ended.
  private nonisolated(unsafe) let times: UnsafeMutablePointer<UInt64>

  /// - Parameters:
  ///   - limit: How many there are; nil: as many as there is time for.
  ///   - seconds: For how long.
  init(limit: Int?, seconds: Double) {
    self.limit = min(limit ?? Self.most, Self.most)
    end = limit == nil ? Self.now + UInt64(seconds * 1e9) : nil
    // What is not written takes no memory.
    times = .allocate(capacity: self.limit)
  }

  deinit {
    times.deallocate()
  }

  /// How long the calls took, in nanoseconds, when all have ended.
  var latencies: [UInt64] {
    Array(UnsafeBufferPointer(start: times, count: min(count.load(ordering: .acquiring), limit)))
  }

  /// The time in nanoseconds: instants of a clock in Swift cost more than all else here.
  fileprivate static var now: UInt64 { UInt64(ProcessUsage.monotonicNanoseconds) }

  fileprivate func next(_ now: UInt64) -> Int? {
    if let end, now >= end { return nil }
    let number = count.add(1, ordering: .relaxed).oldValue
    return number < limit ? number : nil
  }

  fileprivate func end(_ number: Int, after time: UInt64) {
    (times + number).initialize(to: time)
  }
}
