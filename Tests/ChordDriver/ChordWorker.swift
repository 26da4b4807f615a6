import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Delivers the parts of chords that a table of the test's lists, and sends the bodies into another.
struct ChordWorker {
  let backend: DatabaseBackend
  let lease: Duration

  private static let callers = 4
  /// Of so many moments between two steps of a worker, one is its last.
  private static let steps = 400
  private static let mayDie = Mutex(false)

  /// Whether the first body that is sent is the last thing that this process does.
  private static let diesWhenSent = Mutex(false)

  /// Kills this process after so many milliseconds, or before, between two steps; 0 lets it live, and -1 kills it
  /// when it has sent a body and not closed it.
  static func die(afterMilliseconds lifetime: Int) {
    if lifetime < 0 { diesWhenSent.withLock { $0 = true } }
    guard lifetime > 0 else { return }
    mayDie.withLock { $0 = true }
    Task.detached {
      try await Task.sleep(for: .milliseconds(lifetime))
      kill(getpid(), SIGKILL)
    }
  }

  private func dieAtTimes(oneIn steps: Int = Self.steps) {
    if Self.mayDie.withLock({ $0 }), Int.random(in: 0..<steps) == 0 { kill(getpid(), SIGKILL) }
  }

  /// Delivers what of a shard is not acknowledged, in any order, with several callers at once.
  func deliver(shard: Int) async throws {
    let rows = try await backend.client.query(
      """
      SELECT id, group_id, part_id, number FROM chord_test_delivery
      WHERE shard = \(shard) AND is_acknowledged = 0
      """
    ).rows.shuffled()
    let queue = Queue(rows)
    try await withThrowingTaskGroup(of: Void.self) { callers in
      for _ in 0..<Self.callers {
        callers.addTask { while let row = queue.next() { try await deliver(row) } }
      }
      try await callers.waitForAll()
    }
  }

  private func deliver(_ row: MariaDBRow) async throws {
    let group = TaskID(try row.decode(String.self, named: "group_id"))
    let part = TaskID(try row.decode(String.self, named: "part_id"))
    try await backend.markAsDone(part, result: try row.decode(Int.self, named: "number"))
    dieAtTimes()
    let completion = try await backend.onChordPartReturn(
      ChordPart(id: part, group: group, state: .success),
      claim: ChordClaim(lease: lease)
    )
    if let completion { try await send(completion) }
    let id = try row.decode(Int.self, named: "id")
    try await backend.client.query("UPDATE chord_test_delivery SET is_acknowledged = 1 WHERE id = \(id)")
  }

  private func send(_ completion: ChordCompletion) async throws {
    dieAtTimes(oneIn: Self.steps / 20)
    let isRight = completion.outcome == .values((0..<10).map { .integer($0) })
    let body = completion.body?.taskID.rawValue ?? ""
    try await backend.client.query(
      """
      INSERT INTO chord_test_send (group_id, body_id, token, is_right)
      VALUES (\(completion.group.rawValue), \(body), \(completion.token), \(isRight))
      """
    )
    if Self.diesWhenSent.withLock({ $0 }) { kill(getpid(), SIGKILL) }
    dieAtTimes(oneIn: Self.steps / 20)
    try await completion.close()
    dieAtTimes()
  }

  /// Claims what others have left, until all chords are closed.
  func sweep() async throws {
    while try await isOpen() {
      for completion in try await backend.claimCompletedChords(limit: 50, lease: lease) {
        try await send(completion)
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  private func isOpen() async throws -> Bool {
    try await !backend.client.query(
      "SELECT 1 FROM celery_results_chord WHERE date_closed IS NULL LIMIT 1"
    ).rows.isEmpty
  }

  private final class Queue: Sendable {
    private let rows: Mutex<[MariaDBRow]>

    init(_ rows: [MariaDBRow]) {
      self.rows = Mutex(rows)
    }

    func next() -> MariaDBRow? { rows.withLock { $0.popLast() } }
  }
}
