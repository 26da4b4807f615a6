import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import TestSupport
import Testing

/// Counters that Python workers have made: they have no date.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct OrphanedChordTests {
  @Test(arguments: TestServer.all)
  func `A counter goes when it was first seen long ago, and no other row says anything of its age`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let (before, backend) = (database.backend(at: -500), database.backend(at: 0))
      // Made just now, and a part has an id that was used long ago.
      for group in ["new", "again"] { try await database.addCounter(group) }
      try await database.addCounter(
        "reused",
        subTasks: #"[[["fixed", null], null], [["reused-2", null], null]]"#
      )
      try await before.markAsDone("fixed", result: 1)
      try await database.addCounter("active")
      try await database.addCounter("unreadable", subTasks: "{")
      let all = try await database.counters()
      #expect(try await backend.cleanup(olderThan: .seconds(100)) == CleanupResult())
      #expect(try await database.counters() == all)
      #expect(try await backend.taskMeta(for: "fixed").state == .success)

      // What a cleanup has only seen is no chord of this project.
      let listed = try await backend.listChords(limit: 9, after: nil).chords
      #expect(listed.map(\.group.rawValue) == all)
      #expect(listed.allSatisfy { $0.dateCreated == nil })
      #expect(try await backend.claimCompletedChords().isEmpty)

      // Counted to the end, and begun once more under the same id.
      try await database.deleteCounter("again")
      try await database.addCounter("again")
      let soon = database.backend(at: 90)
      #expect(try await soon.cleanup(olderThan: .seconds(100)) == CleanupResult())
      try await soon.markAsDone("active-2", result: 1)
      let later = database.backend(at: 150)
      let expected = CleanupResult(tasks: 1, chordCounters: 2)
      let policy = CleanupPolicy(.after(.seconds(100)))
      #expect(try await later.expiredResults(policy) == expected)
      #expect(try await later.cleanup(policy) == expected)
      #expect(try await database.counters() == ["active", "unreadable", "again"])
      // Of the times of a policy the longest counts.
      let last = database.backend(at: 500)
      let longer = CleanupPolicy(.after(.seconds(20)), states: [.failure: .after(.seconds(600))])
      #expect(try await last.expiredResults(longer).chordCounters == 0)
      #expect(try await last.expiredResults(.init(.after(.seconds(20)), states: [.retry: .never])).tasks == 0)
      #expect(try await last.cleanup(policy) == CleanupResult(tasks: 1, chordCounters: 2))
      #expect(try await database.counters() == ["unreadable"])
      for backend in [before, backend, soon, later, last] { await backend.shutDown() }
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Many counters, also of many parts and of groups in groups, are counted once by several cleanups`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let (backend, later) = (database.backend(at: 0), database.backend(at: 150))
      for number in 0..<95 { try await database.addCounter("c\(number)") }
      // The part that has just ended stands behind more ids than one query takes, in an inner group.
      let many = (0..<1_500).map { #"[["p\#($0)", null], null]"# }.joined(separator: ", ")
      let inner = #"[["g", null], [[["inner", null], null]]]"#
      try await database.addCounter("active", subTasks: "[\(many), \(inner)]")
      func countOfThree(_ backend: DatabaseBackend) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
          for _ in 0..<3 {
            group.addTask { try await backend.cleanup(olderThan: .seconds(100)).chordCounters }
          }
          return try await group.reduce(0, +)
        }
      }
      #expect(try await countOfThree(backend) == 0)
      try await later.markAsDone("inner", result: 1)
      #expect(try await countOfThree(later) == 95)
      #expect(try await database.counters() == ["active"])
      for backend in [backend, later] { await backend.shutDown() }
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A chord whose counter was seen first is noted, counted and completed like any other`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let (backend, later) = (database.backend(at: 0), database.backend(at: 150))
      for group in ["counted", "applied", "gone"] { try await database.addCounter(group) }
      try await backend.cleanup(olderThan: .seconds(100))
      try await database.deleteCounter("gone")
      for group in ["applied", "gone"] { try await later.addChord(group) }
      for group in ["counted", "applied", "gone"] {
        #expect(try await later.deliver(1, of: group) == nil)
        #expect(try await later.cleanup(olderThan: .seconds(100)) == CleanupResult())
        let completion = try await later.deliver(2, of: group)
        #expect(completion?.outcome == .values([1, 2]))
        #expect(completion?.body?.taskID == (group == "counted" ? nil : TaskID("\(group)-body")))
        #expect(try await completion?.close() == true)
      }
      for backend in [backend, later] { await backend.shutDown() }
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Without this project's own table nothing says how old a counter is, and it stays`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      try await database.client.query("DROP TABLE celery_results_chord")
      let (before, backend) = (database.backend(at: -500), database.backend(at: 0))
      for group in ["older", "old"] { try await database.addCounter(group) }
      for part: TaskID in ["old-1", "old-2"] { try await before.markAsDone(part, result: 1) }
      // Results go by their own age, as with Celery's own cleanup.
      #expect(try await backend.cleanup(olderThan: .seconds(100)) == CleanupResult(tasks: 2))
      #expect(try await database.counters() == ["older", "old"])
      for backend in [before, backend] { await backend.shutDown() }
    }
  }
}
