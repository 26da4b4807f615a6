#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import ResultSchema
import TestSupport

/// What tests of chords and cleanups do with a database.
extension ThrowawayDatabase {
  /// When these tests take place.
  static let chordTime = Date(timeIntervalSince1970: 1_700_000_000)

  /// A backend whose clock stands still, so many seconds after ``chordTime``.
  func backend(at seconds: Double) -> DatabaseBackend {
    backend(.init(now: { Self.chordTime + seconds }))
  }

  /// Makes the counter of a chord as Celery does: of two parts, whose ids are the chord's with `-1` and `-2`, or of
  /// others.
  func addCounter(_ group: String, subTasks: String? = nil) async throws {
    let subTasks = subTasks ?? #"[[["\#(group)-1", null], null], [["\#(group)-2", null], null]]"#
    try await client.query(
      """
      INSERT INTO \(identifier: CeleryTables.chordCounterName) (group_id, sub_tasks, count)
      VALUES (\(group), \(subTasks), 2)
      """
    )
  }

  /// Deletes the counter of a chord, as Celery does when it has counted the last part.
  func deleteCounter(_ group: String) async throws {
    try await client.query(
      "DELETE FROM \(identifier: CeleryTables.chordCounterName) WHERE group_id = \(group)"
    )
  }

  /// The groups that have a counter.
  func counters() async throws -> [String] { try await groups(in: CeleryTables.chordCounterName) }

  /// The groups that have a row in this project's own table.
  func chords() async throws -> [String] { try await groups(in: CeleryTables.chordName) }

  private func groups(in table: String) async throws -> [String] {
    try await client.query("SELECT group_id FROM \(identifier: table) ORDER BY id").rows.map { row in
      try row.decode(at: 0)
    }
  }
}

extension DatabaseBackend {
  /// Notes a chord of parts whose ids are the chord's with `-1`, `-2` and so on.
  func addChord(_ group: String, parts: Int = 2) async throws {
    try await applyChord(
      of: TaskID(group),
      parts: (1...parts).map { TaskID("\(group)-\($0)") },
      body: ChordBody(task: "shop.total", id: TaskID("\(group)-body"))
    )
  }

  /// Stores the result of a part, and counts it.
  func deliver(_ part: Int, of group: String, lease: Duration = .zero) async throws -> ChordCompletion? {
    let id = TaskID("\(group)-\(part)")
    try await markAsDone(id, result: part)
    return try await onChordPartReturn(id, of: TaskID(group), state: .success, lease: lease)
  }
}
