import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import TestSupport
import Testing

/// Chords that cannot be read or claimed, among others.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct DamagedChordTests {
  @Test(arguments: TestServer.all)
  func `A chord that cannot be read is listed as such, and keeps no other from being completed`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(at: 0)
      for group in ["body", "header", "good"] {
        try await backend.addChord(group, parts: 1)
        try await backend.markAsDone(TaskID("\(group)-1"), result: 1)
      }
      try await database.addCounter("counter", subTasks: "[1]")
      for column in ["body", "header"] {
        try await database.client.query(
          """
          UPDATE celery_results_chord SET \(identifier: column) = LEFT(\(identifier: column), 7)
          WHERE group_id = \(column)
          """
        )
      }
      let listed = try await backend.listChords(limit: 9, after: nil).chords
      #expect(listed.map(\.group) == ["body", "header", "good", "counter"])
      #expect(
        listed.map(\.phase.description) == ["unreadable", "unreadable", "complete, unclaimed", "unreadable"]
      )
      let later = database.backend(at: 300)
      #expect(try await later.cleanup(olderThan: .seconds(100)).chordCounters == 0)
      #expect(try await backend.claimCompletedChords().map(\.group) == ["good"])
      #expect(try await backend.claimCompletedChords().isEmpty)
      for backend in [backend, later] { await backend.shutDown() }
    }
  }

  @Test(arguments: TestServer.all)
  func `What was claimed is returned although another chord cannot be claimed`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(at: 0)
      for group in ["a", "b", "c"] {
        try await backend.addChord(group, parts: 1)
        try await backend.markAsDone(TaskID("\(group)-1"), result: 1)
      }
      try await database.client.query(
        "ALTER TABLE celery_results_chord ADD CONSTRAINT b CHECK (group_id <> 'b' OR claim_token IS NULL)"
      )
      #expect(try await backend.claimCompletedChords().map(\.group) == ["a", "c"])
      await #expect(throws: MariaDBError.self) { try await backend.claimCompletedChords() }
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `A state of one's own that only looks like SUCCESS makes no part ready`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(at: 0)
      try await backend.addChord("g")
      try await backend.storeResult(1, for: "g-1", state: TaskState(rawValue: "success"))
      #expect(try await backend.deliver(2, of: "g") == nil)
      let status = try await backend.listChords(limit: 9, after: nil).chords.first
      #expect(status?.phase == .open)
      #expect(status?.readyCount == 1)
      #expect(try await backend.claimCompletedChords().isEmpty)
      #expect(try await backend.deliver(1, of: "g")?.outcome == .values([1, 2]))
      await backend.shutDown()
    }
  }
}
