import CeleryResults
import MariaDBClient

/// Gathers what a transaction in the binary log means for those who wait.
struct PushedRows {
  private let isUTF8: Bool
  private var ready: [TaskID] = []
  private var hasUnknown = false

  /// A transaction may be of any size: what it holds is told in pieces of this size.
  private static let largestPiece = 4_096

  init(isUTF8: Bool) {
    self.isUTF8 = isUTF8
  }

  /// Whether there is so much that it is to be told before the transaction has ended.
  var isFull: Bool { ready.count >= Self.largestPiece }

  /// Adds the ids of rows that are ready; each row is its `task_id` and its `status`.
  mutating func append(_ rows: BinaryLogRows) {
    for row in rows.rows where row.count == 2 {
      if case .string(let state)? = row[1], !TaskState(rawValue: state).isReady { continue }
      switch row[0] {
      case .string(let id)? where isUTF8 || id.utf8.allSatisfy { $0 < 0x80 }: ready.append(TaskID(id))
      case .null?: break
      // A session that does not log full rows, or an id in another character set.
      default: hasUnknown = true
      }
    }
  }

  /// Adds a row of which nothing is known.
  mutating func appendUnknown() {
    hasUnknown = true
  }

  /// What is to be told now.
  mutating func take() -> PushedChange? {
    defer {
      ready.removeAll()
      hasUnknown = false
    }
    if hasUnknown { return .anything }
    return ready.isEmpty ? nil : .ready(ready)
  }
}
