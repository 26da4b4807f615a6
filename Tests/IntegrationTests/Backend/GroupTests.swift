import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import ResultSchema
import SchemaMigrations
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct GroupTests {
  @Test(arguments: TestServer.all)
  func `Saves over groups that exist use up no id, also many at once`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      let groups = (0..<20).map { ResultReference(TaskID("group-\($0)"), children: ["a", "b"]) }
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for group in groups { tasks.addTask { try await backend.saveGroup(group) } }
        try await tasks.waitForAll()
      }
      let before = try await database.nextID(of: CeleryTables.groupResultName)
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for _ in 0..<10 {
          for group in groups { tasks.addTask { try await backend.saveGroup(group) } }
        }
        try await tasks.waitForAll()
      }
      #expect(try await database.nextID(of: CeleryTables.groupResultName) == before)
      let count = try await database.client.query("SELECT COUNT(*) FROM django_celery_results_groupresult")
      #expect(try count.rows[0].decode(Int.self, at: 0) == groups.count)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `The bytes in the row are those that Celery writes`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      try await backend.saveGroup(ResultReference("g", parent: "p", children: ["a", "вплив"]))
      let row = try await database.client.query(
        """
        SELECT group_id, content_type, content_encoding, result, date_created = date_done
        FROM django_celery_results_groupresult
        """
      ).rows[0]
      #expect(
        row.values == [
          .string("g"), .string("application/json"), .string("utf-8"),
          .string(
            #"[["g", [["p", null], null]], [[["a", null], null], [["\u0432\u043f\u043b\u0438\u0432", null], null]]]"#
          ),
          .int(1),
        ]
      )
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `Where there is no table of groups an error says what makes it, and then it is found`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      func migrate(to level: CeleryMigration) async throws {
        _ = try await Migrator(connection: database.configuration, options: .init(level: level)).migrate()
      }
      try await migrate(to: .chordCounter)
      let backend = database.backend()
      let group = ResultReference("g", children: ["a"])
      let actions: [@Sendable () async throws -> Void] = [
        { try await backend.saveGroup(group) },
        { _ = try await backend.groupMeta(for: "g") },
        { try await backend.deleteGroup("g") },
      ]
      for action in actions {
        let error = await #expect(throws: MariaDBError.self) { try await action() }
        #expect(error?.code == .unknownTable)
        #expect("\(error, default: "")".contains("run celery-results migrate"))
      }
      try await backend.markAsDone("a", result: 1)
      try await migrate(to: .groupResult)
      try await backend.saveGroup(group)
      #expect(try await backend.restoreGroup("g", as: Int.self)?.get(timeout: .zero) == [1])
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `A group id that is too long for its column is refused, and nothing is stored`(server: TestServer)
    async throws
  {
    try await ThrowawayDatabase.withTables(on: server, taskIDMaxLength: .length(50)) { database in
      let backend = database.backend()
      let id = TaskID(String(repeating: "é", count: 51))
      let error = await #expect(throws: ResultError.self) {
        try await backend.saveGroup(ResultReference(id, children: ["a"]))
      }
      #expect(error?.code == .valueTooLong)
      #expect(error?.column == "group_id")
      #expect(error?.limit == 50)
      try await backend.saveGroup(
        ResultReference(TaskID(String(repeating: "é", count: 50)), children: ["a"])
      )
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A group of 3,000 tasks is waited for`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(.init(pollingInterval: .milliseconds(50)))
      let ids = (0..<3_000).map { TaskID("task-\($0)") }
      let group = GroupResult("g", members: ids.map { .init($0) }, as: Int.self, backend: backend)
      try await group.save()
      async let values = backend.restoreGroup("g", as: Int.self)?.get(timeout: .seconds(600))
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for part in 0..<8 {
          tasks.addTask {
            for number in stride(from: part, to: ids.count, by: 8) {
              try await backend.markAsDone(ids[number], result: number)
            }
          }
        }
        try await tasks.waitForAll()
      }
      #expect(try await values == Array(0..<3_000))
      await backend.shutDown()
    }
  }
}
