import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import ResultSchema
import SchemaMigrations
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct DatabaseChordTests {
  private let body = ChordBody(task: "shop.total", id: "body")

  /// What is in the row of the chord counter.
  private func counter(_ database: ThrowawayDatabase) async throws -> [MariaDBValue]? {
    try await database.client.query(
      "SELECT group_id, sub_tasks, CAST(`count` AS SIGNED) FROM django_celery_results_chordcounter"
    ).rows.first?.values
  }

  private func deliver(
    _ part: TaskID,
    to backend: DatabaseBackend,
    body: ChordBody? = nil
  ) async throws -> ChordCompletion? {
    try await backend.markAsDone(part, result: part.rawValue)
    return try await backend.onChordPartReturn(part, of: "g", state: .success, body: body)
  }

  @Test(arguments: TestServer.all)
  func `The counter is the one that Celery makes, counts as Celery does, and goes`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      try await backend.applyChord(of: "g", parts: ["a", "b"], body: body)
      let subTasks = #"[[["a", null], null], [["b", null], null]]"#
      #expect(try await counter(database) == [.string("g"), .string(subTasks), .int(2)])
      #expect(try await deliver("a", to: backend) == nil)
      #expect(try await deliver("a", to: backend) == nil)
      #expect(try await counter(database) == [.string("g"), .string(subTasks), .int(1)])
      #expect(try await deliver("b", to: backend) != nil)
      #expect(try await counter(database) == nil)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `A chord that a Python worker has completed is claimed by nobody and listed as such`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      try await backend.applyChord(of: "g", parts: ["a", "b"], body: body)
      #expect(try await deliver("a", to: backend) == nil)
      try await backend.markAsDone("b", result: 1)
      // What Celery's worker does when it has counted the last part.
      try await database.client.query("DELETE FROM django_celery_results_chordcounter")
      #expect(try await deliver("b", to: backend) == nil)
      #expect(try await backend.claimCompletedChords().isEmpty)
      #expect(try await backend.listChords(limit: 9, after: nil).chords.map(\.phase) == [.countedElsewhere])
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `A chord that a Python worker has made gets a lease, and its body from the part`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      try await database.client.query(
        """
        INSERT INTO django_celery_results_chordcounter (group_id, sub_tasks, `count`)
        VALUES ('g', '[[["a", null], null], [["b", null], null]]', 2)
        """
      )
      #expect(try await backend.listChords(limit: 9, after: nil).chords.map(\.partCount) == [2])
      #expect(try await deliver("b", to: backend, body: body) == nil)
      let completion = try #require(try await deliver("a", to: backend))
      #expect(completion.body == body)
      #expect(completion.outcome == .values(["a", "b"]))
      #expect(completion.leasedUntil != nil)
      #expect(try await completion.close())
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `Without the table of chords the counter alone is used, with no lease`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      try await database.client.query("DROP TABLE celery_results_chord")
      let backend = database.backend()
      try await backend.applyChord(of: "g", parts: ["a", "b"], body: body)
      try await backend.applyChord(of: "g", parts: ["a", "b"], body: body)
      #expect(try await deliver("a", to: backend) == nil)
      #expect(try await deliver("a", to: backend) == nil)
      #expect(try await backend.claimCompletedChords().isEmpty)
      let completion = try #require(try await deliver("b", to: backend, body: body))
      #expect(completion.body == body)
      #expect(completion.outcome == .values(["a", "b"]))
      #expect(completion.leasedUntil == nil)
      #expect(try await completion.close())
      #expect(try await deliver("b", to: backend, body: body) == nil)
      #expect(try await counter(database) == nil)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `The table that goes or comes while the backend runs is noticed when it is missed`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      try await backend.applyChord(of: "g", parts: ["a"], body: body)
      try await database.client.query("DROP TABLE celery_results_chord")
      #expect(try await deliver("a", to: backend, body: body)?.outcome == .values(["a"]))
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Tables without chord counters are refused with what to do`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let level = try #require(CeleryMigration(prefix: "0007"))
      let options = Migrator.Options(level: level)
      let report = try await Migrator(connection: database.configuration, options: options).migrate()
      #expect(report.tablesMade == [CeleryTables.taskResultName])
      let backend = database.backend()
      let error = await #expect(throws: MariaDBError.self) {
        try await backend.applyChord(of: "g", parts: ["a"], body: body)
      }
      #expect(error?.code == .unknownTable)
      #expect(error?.description.contains("celery-results migrate") == true)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A group's id that is longer than its column is refused before anything is written`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server, taskIDMaxLength: .length(10)) { database in
      let backend = database.backend()
      let error = await #expect(throws: ResultError.self) {
        try await backend.applyChord(of: "12345678901", parts: ["a"], body: body)
      }
      #expect(error?.code == .valueTooLong)
      #expect(error?.column == "group_id")
      let row = try await counter(database)
      #expect(row == nil)
      await backend.shutDown()
    }
  }
}
