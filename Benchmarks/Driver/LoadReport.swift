/// What a load has reached.
struct LoadReport {
  let count: Int
  let elapsed: Duration
  let processorSeconds: Double
  /// How long the calls took, in nanoseconds.
  let latencies: [UInt64]

  /// One line of JSON, with the names that `limit` has too.
  var json: String {
    let sorted = latencies.sorted()
    func microseconds(_ share: Double) -> Double {
      guard !sorted.isEmpty else { return 0 }
      return Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1_000
    }
    let seconds = elapsed / .seconds(1)
    return JSONLine([
      ("count", Double(count)), ("seconds", seconds), ("per_second", Double(count) / seconds),
      ("client_cpu", processorSeconds), ("p50_us", microseconds(0.5)), ("p99_us", microseconds(0.99)),
      ("p999_us", microseconds(0.999)), ("max_us", microseconds(1)),
    ]).text
  }
}

/// An object of numbers as JSON.
struct JSONLine {
  let text: String

  init(_ members: [(name: String, value: Double)]) {
    text = "{" + members.map { "\"\($0.name)\": \($0.value)" }.joined(separator: ", ") + "}"
  }
}
