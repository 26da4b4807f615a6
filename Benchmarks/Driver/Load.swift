import Dispatch
import Synchronization

/// Many callers that do the same over and over, and how long each call takes.
struct Load {
  /// For how long connections are opened and statements prepared before anything is measured.
  static let warmUp = 0.3

  let options: LoadOptions
  /// How many calls there are at most; nil: as many as there is time for.
  var limit: Int?

  /// Warms up, waits for the start, and calls until the time is over.
  ///
  /// - Parameters:
  ///   - resultsPerCall: How many results one call stands for.
  ///   - call: What one caller does; it is given the number of the call and the caller's own ids.
  /// - Returns: What was reached.
  func run(
    resultsPerCall: Int = 1,
    _ call: @escaping @Sendable (Int, inout TaskIDs) async throws -> Void
  ) async throws -> LoadReport {
    if limit == nil { _ = try await calls(for: Self.warmUp, call) }
    Start.ready(waiting: options.wait)
    let cpu = ProcessUsage.processorSeconds
    let begin = ContinuousClock.now
    let latencies = try await calls(for: options.seconds, call)
    return LoadReport(
      count: latencies.count * resultsPerCall,
      elapsed: begin.duration(to: .now),
      processorSeconds: ProcessUsage.processorSeconds - cpu,
      latencies: latencies
    )
  }

  private func calls(
    for seconds: Double,
    _ call: @escaping @Sendable (Int, inout TaskIDs) async throws -> Void
  ) async throws -> [UInt64] {
    // In nanoseconds: instants of a clock in Swift cost more than the rest of this loop.
    let end = DispatchTime.now().uptimeNanoseconds + UInt64(seconds * 1e9)
    let counter = CallCounter(limit: limit)
    return try await withThrowingTaskGroup(of: [UInt64].self) { group in
      for _ in 0..<options.callers {
        group.addTask {
          var ids = TaskIDs()
          var latencies: [UInt64] = []
          var begin = DispatchTime.now().uptimeNanoseconds
          while counter.limit != nil || begin < end, let number = counter.next() {
            try await call(number, &ids)
            let now = DispatchTime.now().uptimeNanoseconds
            latencies.append(now - begin)
            begin = now
          }
          return latencies
        }
      }
      var all: [UInt64] = []
      for try await latencies in group { all += latencies }
      return all
    }
  }
}

/// Numbers the calls.
private final class CallCounter: Sendable {
  let limit: Int?
  private let value = Atomic(0)

  init(limit: Int?) {
    self.limit = limit
  }

  func next() -> Int? {
    let number = value.add(1, ordering: .relaxed).oldValue
    if let limit, number >= limit { return nil }
    return number
  }
}
