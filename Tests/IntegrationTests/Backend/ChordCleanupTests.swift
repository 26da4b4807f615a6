#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import TestSupport
import Testing

/// Chords of this project's own table, which says when they were begun.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct ChordCleanupTests {
  @Test(arguments: TestServer.all)
  func `A chord goes with its counter when it is given up, and without one when a Python worker has ended it`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let (before, backend) = (database.backend(at: -300), database.backend(at: 0))
      for group in ["given up", "active", "ended in Python", "just ended in Python", "closed"] {
        try await before.addChord(group)
        #expect(try await before.deliver(1, of: group) == nil)
      }
      try await backend.addChord("begun just now")
      try await backend.markAsDone("active-2", result: 2)
      try await backend.markAsDone("just ended in Python-2", result: 2)
      for group in ["ended in Python", "just ended in Python"] { try await database.deleteCounter(group) }
      #expect(try await before.deliver(2, of: "closed")?.close() == true)
      let closed = ThrowawayDatabase.chordTime.addingTimeInterval(-200)
      try await database.client.query(
        """
        UPDATE celery_results_chord SET date_closed = \(closed)
        WHERE group_id = 'closed'
        """
      )

      let policy = CleanupPolicy(.after(.seconds(100)))
      // The results of the parts of the chords that stay, stay.
      let expected = CleanupResult(tasks: 4, chordCounters: 1, chords: 3)
      #expect(try await backend.expiredResults(policy) == expected)
      #expect(try await backend.cleanup(policy) == expected)
      #expect(try await database.counters() == ["active", "begun just now"])
      #expect(try await database.chords() == ["active", "just ended in Python", "begun just now"])
      #expect(try await backend.cleanup(policy) == CleanupResult())
      for backend in [before, backend] { await backend.shutDown() }
    }
  }

  @Test(arguments: TestServer.all)
  func `A chord that is complete, and the results of its parts, stay until its body is sent`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let (before, backend) = (database.backend(at: -300), database.backend(at: 0))
      for group in ["uncounted", "claimed", "open"] { try await before.addChord(group, parts: 3) }
      // The worker was killed between storing and counting.
      for part in 1...2 { #expect(try await before.deliver(part, of: "uncounted") == nil) }
      try await before.markAsDone("uncounted-3", result: 3)
      // The worker was killed between claiming and sending.
      for part in 1...2 { #expect(try await before.deliver(part, of: "claimed") == nil) }
      #expect(try await before.deliver(3, of: "claimed") != nil)
      #expect(try await before.deliver(1, of: "open") == nil)
      #expect(try await backend.deliver(2, of: "open") == nil)
      for number in 0..<3 { try await before.markAsDone(TaskID("other\(number)"), result: 1) }

      let policy = CleanupPolicy(.after(.seconds(100)))
      #expect(try await backend.expiredResults(policy) == CleanupResult(tasks: 3))
      #expect(try await backend.cleanup(policy) == CleanupResult(tasks: 3))
      let swept = try await backend.claimCompletedChords()
      #expect(Set(swept.map(\.group)) == ["uncounted", "claimed"])
      #expect(swept.allSatisfy { $0.outcome == .values([1, 2, 3]) })
      let last = try #require(try await backend.deliver(3, of: "open"))
      #expect(last.outcome == .values([1, 2, 3]))
      for completion in swept + [last] { #expect(try await completion.close()) }

      let later = database.backend(at: 150)
      #expect(try await later.expiredResults(policy).tasks == 9)
      #expect(try await later.cleanup(policy).tasks == 9)
      for backend in [before, backend, later] { await backend.shutDown() }
    }
  }

  @Test(
    arguments: TestServer.oneOfEach,
    [("utf8mb4_general_ci", "utf8mb4_unicode_ci"), ("utf8mb4_bin", "utf8mb4_unicode_ci")]
  )
  func `Tables of different collations are cleaned up, and chords run on them`(
    server: TestServer,
    collations: (String, String)
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      for table in try await database.client.query("SHOW TABLES").rows {
        let name = try table.decode(String.self, at: 0)
        let collation = name == "celery_results_chord" ? collations.0 : collations.1
        try await database.client.query(
          "ALTER TABLE \(identifier: name) CONVERT TO CHARACTER SET utf8mb4 COLLATE \(unescaped: collation)"
        )
      }
      let (before, backend) = (database.backend(at: -300), database.backend(at: 0))
      for group in ["given up", "ended in Python", "complete"] { try await before.addChord(group) }
      try await database.deleteCounter("ended in Python")
      for part: TaskID in ["complete-1", "complete-2", "other"] {
        try await before.markAsDone(part, result: 1)
      }
      try await database.addCounter("of Python")
      let expected = CleanupResult(tasks: 1, chordCounters: 1, chords: 2)
      #expect(try await backend.cleanup(olderThan: .seconds(100)) == expected)
      #expect(try await backend.claimCompletedChords().map(\.group) == ["complete"])
      #expect(try await database.counters() == ["of Python"])
      for backend in [before, backend] { await backend.shutDown() }
    }
  }
}
