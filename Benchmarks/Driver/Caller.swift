import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One of the callers of a load.
struct Caller {
  var ids = TaskIDs()
  /// How long its calls took, in nanoseconds.
  private(set) var latencies: [UInt64] = []
  private let calls: Calls
  private var begin: UInt64?

  init(_ calls: Calls) {
    self.calls = calls
  }

  /// The number of the next call, after one has ended; nil when there is to be no other.
  mutating func next() -> Int? {
    let now = Calls.now
    if let begin { latencies.append(now - begin) }
    begin = now
    return calls.next(now)
  }
}

/// Numbers the calls of all callers, as long as there are to be any.
final class Calls: Sendable {
  private let limit: Int?
  private let end: UInt64
  private let count = Atomic(0)

  /// - Parameters:
  ///   - limit: How many there are; nil: as many as there is time for.
  ///   - seconds: For how long.
  init(limit: Int?, seconds: Double) {
    self.limit = limit
    end = Self.now + UInt64(seconds * 1e9)
  }

  /// The time in nanoseconds: instants of a clock in Swift cost more than all else here.
  fileprivate static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  fileprivate func next(_ now: UInt64) -> Int? {
    guard limit != nil || now < end else { return nil }
    let number = count.add(1, ordering: .relaxed).oldValue
    return number < limit ?? .max ? number : nil
  }
}
