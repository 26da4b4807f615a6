import Testing

/// How many tables were made or refused, and which of them otherwise than foreseen.
struct PredictionTally: Sendable {
  var tables = 0
  var mismatches: [String] = []

  static func += (tally: inout PredictionTally, other: PredictionTally) {
    tally.tables += other.tables
    tally.mismatches += other.mismatches
  }

  /// The first few mismatches.
  var comment: Comment {
    let shown = 5
    let more = mismatches.count > shown ? "\n… and \(mismatches.count - shown) more" : ""
    return Comment(rawValue: mismatches.prefix(shown).joined(separator: "\n") + more)
  }
}
