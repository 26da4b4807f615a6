/// The result that everybody stores: `{"total": 42, "text": "xxx…"}`.
struct BenchmarkResult: Codable {
  let total: Int
  let text: String

  /// A result whose JSON has so many bytes.
  init(bytes: Int) {
    total = 42
    text = String(repeating: "x", count: max(0, bytes - #"{"total": 42, "text": ""}"#.utf8.count))
  }
}
