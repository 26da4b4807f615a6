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
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct OrphanedChordTests {
  static let now = Date(timeIntervalSince1970: 1_700_000_000)

  /// A chord of two parts, whose ids are the chord's with `-1` and `-2`.
  private func addCounter(_ id: String, parts: String? = nil, to database: ThrowawayDatabase) async throws {
    let parts = parts ?? #"[[["\#(id)-1", null], null], [["\#(id)-2", null], null]]"#
    try await database.client.query(
      """
      INSERT INTO \(identifier: CeleryTables.chordCounterName) (group_id, sub_tasks, count)
      VALUES (\(id), \(parts), 2)
      """
    )
  }

  /// Stores a result of a part, so many seconds ago.
  private func store(_ id: String, secondsAgo: Double, in backend: DatabaseBackend) async throws {
    var result = EncodedTaskResult(id: TaskID(id), state: .success)
    result.dateDone = Self.now - secondsAgo
    result.dateCreated = result.dateDone
    try await backend.store(result)
  }

  private func counters(_ database: ThrowawayDatabase) async throws -> [String] {
    try await database.client.query(
      "SELECT group_id FROM \(identifier: CeleryTables.chordCounterName) ORDER BY id"
    ).rows.map { row throws(MariaDBError) in try row.decode(at: 0) }
  }

  @Test(arguments: TestServer.all)
  func `Counters of chords of which nothing was stored for long go, those that may be running stay`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(.init(now: { Self.now }))
      // Nothing of it is stored, and it is older than the next: its results are gone.
      try await addCounter("gone", to: database)
      // Older than the next as well, but a part has just ended.
      try await addCounter("active", to: database)
      try await store("active-2", secondsAgo: 50, in: backend)
      try await addCounter("unreadable", parts: "{", to: database)
      // Both its parts are old.
      try await addCounter("old", to: database)
      try await store("old-1", secondsAgo: 300, in: backend)
      try await store("old-2", secondsAgo: 200, in: backend)
      // One part is old: it shows the age of all before.
      try await addCounter("long", to: database)
      try await store("long-1", secondsAgo: 500, in: backend)
      try await store("long-2", secondsAgo: 10, in: backend)
      // Nothing is known of the newest: it may have been made just now.
      try await addCounter("new", to: database)

      let policy = CleanupPolicy(.after(.seconds(20)), states: [.failure: .after(.seconds(100))])
      #expect(try await backend.expiredResults(policy).chordCounters == 2)
      #expect(try await counters(database).count == 6)
      // Of the times of the policy the longest counts.
      let longer = CleanupPolicy(.after(.seconds(20)), states: [.failure: .after(.seconds(600))])
      #expect(try await backend.expiredResults(longer).chordCounters == 0)
      #expect(
        try await backend.expiredResults(.init(.after(.seconds(20)), states: [.retry: .never]))
          == .init(tasks: 4)
      )

      #expect(try await backend.cleanup(policy) == CleanupResult(tasks: 4, chordCounters: 2))
      #expect(try await counters(database) == ["active", "unreadable", "long", "new"])
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Many counters, also of many parts and of groups in groups, are counted once by several cleanups`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(.init(now: { Self.now }))
      for number in 0..<95 { try await addCounter("c\(number)", to: database) }
      // The part that has just ended stands behind more ids than one query takes, in an inner group.
      let many = (0..<1_500).map { #"[["p\#($0)", null], null]"# }.joined(separator: ", ")
      let inner = #"[["g", null], [[["inner", null], null]]]"#
      try await addCounter("active", parts: "[\(many), \(inner)]", to: database)
      try await store("inner", secondsAgo: 1, in: backend)
      try await addCounter("old", to: database)
      try await store("old-1", secondsAgo: 300, in: backend)
      let counts = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<3 {
          group.addTask { try await backend.cleanup(olderThan: .seconds(100)).chordCounters }
        }
        return try await group.reduce(0, +)
      }
      #expect(counts == 96)
      #expect(try await counters(database) == ["active"])
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `A chord of this project's own table knows its age, and goes with its counter or once it is closed`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(.init(now: { Self.now }))
      func add(_ id: String, secondsAgo: Double?, closed: Double? = nil) async throws {
        if closed == nil { try await addCounter(id, to: database) }
        guard let secondsAgo else { return }
        let dates = (Self.now - secondsAgo, closed.map { Self.now - $0 })
        try await database.client.query(
          """
          INSERT INTO \(identifier: CeleryTables.chordName) (group_id, header, date_created, date_closed)
          VALUES (\(id), '[]', \(dates.0), \(dates.1.mariaDBValue))
          """
        )
      }
      try await add("older than one that is old", secondsAgo: nil)
      try await add("old", secondsAgo: 200)
      // Its ids say that it is older than the next, its date says that it is not.
      try await add("begun just now", secondsAgo: 5)
      try await add("active", secondsAgo: 200)
      try await store("active-1", secondsAgo: 10, in: backend)
      try await add("of Python", secondsAgo: nil)
      try await add("closed", secondsAgo: 300, closed: 200)
      try await add("closed just now", secondsAgo: 300, closed: 10)
      // Claimed, and its callback was not sent: who claims deletes the counter.
      try await add("complete", secondsAgo: 300)
      // Completed by a Python worker, which deletes the counter and claims nothing.
      try await add("completed in Python", secondsAgo: 300)
      try await database.client.query(
        "DELETE FROM \(identifier: CeleryTables.chordCounterName) WHERE group_id LIKE 'complete%'"
      )
      try await database.client.query(
        """
        UPDATE \(identifier: CeleryTables.chordName) SET claim_token = 'a', claimed_until = date_created
        WHERE group_id = 'complete'
        """
      )

      let policy = CleanupPolicy(.after(.seconds(100)))
      let expected = CleanupResult(chordCounters: 2, chords: 3)
      #expect(try await backend.expiredResults(policy) == expected)
      #expect(try await backend.cleanup(policy) == expected)
      #expect(try await counters(database) == ["begun just now", "active", "of Python"])
      let chords = try await database.client.query(
        "SELECT group_id FROM \(identifier: CeleryTables.chordName) ORDER BY id"
      ).rows.map { row throws(MariaDBError) in try row.decode(String.self, at: 0) }
      #expect(chords == ["begun just now", "active", "closed just now", "complete"])
      #expect(try await backend.cleanup(policy) == CleanupResult())
      await backend.shutDown()
    }
  }
}
