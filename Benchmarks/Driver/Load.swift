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
  ///   - body: What one caller does: a call for each number that it gets.
  /// - Returns: What was reached.
  func run(
    resultsPerCall: Int = 1,
    _ body: @escaping @Sendable (inout Caller) async throws -> Void
  ) async throws -> LoadReport {
    if limit == nil { _ = try await latencies(for: Self.warmUp, body) }
    Start.ready(waiting: options.wait)
    let cpu = ProcessUsage.processorSeconds
    let begin = ContinuousClock.now
    let latencies = try await latencies(for: options.seconds, body)
    return LoadReport(
      count: latencies.count * resultsPerCall,
      elapsed: begin.duration(to: .now),
      processorSeconds: ProcessUsage.processorSeconds - cpu,
      latencies: latencies
    )
  }

  /// How long each call of all callers took, in nanoseconds.
  private func latencies(
    for seconds: Double,
    _ body: @escaping @Sendable (inout Caller) async throws -> Void
  ) async throws -> [UInt64] {
    let calls = Calls(limit: limit, seconds: seconds)
    try await withThrowingDiscardingTaskGroup { group in
      for _ in 0..<options.callers {
        group.addTask {
          var caller = Caller(calls)
          try await body(&caller)
        }
      }
    }
    return calls.latencies
  }
}
