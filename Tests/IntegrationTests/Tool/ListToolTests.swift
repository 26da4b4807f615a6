import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import ResultSchema
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct ListToolTests {
  private static func ids(_ run: Tool.Run) throws -> [String] {
    let results = try #require(try run.json()["results"] as? [[String: Any]])
    return results.compactMap { $0["task_id"] as? String }
  }

  private static func setDone(_ id: String, _ date: String, in database: ThrowawayDatabase) async throws {
    let table = SQLStatement.quoted(identifier: CeleryTables.taskResultName)
    try await database.client.query(
      "UPDATE \(unescaped: table) SET date_done = \(date) WHERE task_id = \(id)"
    )
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A result that cannot be read does not hide the others`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      try await tool.run("store", "json", "--result", "1")
      try await tool.run("store", "pickled", "--result", "1")
      let table = SQLStatement.quoted(identifier: CeleryTables.taskResultName)
      try await database.client.query(
        """
        UPDATE \(unescaped: table) SET content_type = 'application/x-python-serialize',
          content_encoding = 'binary', result = 'gASVBwAAAAAAAABLBS4=' WHERE task_id = 'pickled'
        """
      )
      let list = try await tool.run("list", "--format", "json")
      #expect(list.code == 0)
      #expect(Set(try Self.ids(list)) == ["json", "pickled"])
      let get = try await tool.run("get", "pickled")
      #expect(get.code == 1)
      #expect(get.errors.contains("its result column cannot be read. pickle: "))
      #expect(try await tool.run("list").output.contains("pickled"))
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A list is filtered by state, name, worker and time`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      let fields = ["--task-name", "shop.charge", "--worker", "celery@one"]
      try await tool.run(["store", "a", "--result", "1"] + fields)
      try await tool.run(["store", "b", "--exception", "ValueError"] + fields)
      try await tool.run(
        "store",
        "c",
        "--state",
        "RETRY",
        "--task-name",
        "shop.refund",
        "--worker",
        "celery@two"
      )
      try await tool.run("store", "d", "--state", "PROGRESS")
      try await Self.setDone("a", "2026-01-01 10:00:00.000000", in: database)
      try await Self.setDone("b", "2026-01-02 10:00:00.000000", in: database)
      try await Self.setDone("c", "2026-01-03 10:00:00.000001", in: database)
      try await Self.setDone("d", "2020-01-01 00:00:00.000000", in: database)

      let filters: [([String], [String])] = [
        ([], ["c", "b", "a", "d"]), (["--state", "SUCCESS"], ["a"]),
        (["--state", "FAILURE", "--state", "RETRY"], ["c", "b"]),
        (["--state", "NOSUCH"], []), (["--task-name", "shop.charge"], ["b", "a"]),
        (["--task-name", "shop"], []),
        (["--worker", "celery@two"], ["c"]), (["--worker", "celery@one", "--state", "SUCCESS"], ["a"]),
        (["--since", "2026-01-02"], ["c", "b"]), (["--until", "2026-01-02T10:00:00Z"], ["a", "d"]),
        (["--since", "2026-01-02T10:00:00Z"], ["c", "b"]),
        (["--since", "2026-01-02T12:00:00+02:00", "--until", "2026-01-03"], ["b"]),
        (["--since", "2026-01-03 10:00:00.000001+00:00"], ["c"]),
        (["--until", "2026-01-03 10:00:00.000001+00:00"], ["b", "a", "d"]),
        (["--until", "1w"], ["c", "b", "a", "d"]), (["--limit", "2"], ["c", "b"]),
      ]
      for (filter, ids) in filters {
        let run = try await tool.run(["list", "--format", "json"] + filter)
        #expect(run.code == 0 && run.errors == "")
        #expect(try Self.ids(run) == ids, "\(filter)")
      }
      let result = try await tool.run("list", "--format", "json", "--state", "SUCCESS").json()
      #expect((result["results"] as? [[String: Any]])?.first?["result"] as? Int == 1)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A table has a line for each result, and says how to go on`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      let empty = try await tool.run("list")
      #expect(empty.code == 0)
      #expect(empty.output == "TASK ID  STATE  NAME  WORKER  DONE\n")
      try await tool.run("store", "日本", "--task-name", "two\nlines", "--worker", "w")
      try await tool.run("store", "b")
      try await Self.setDone("日本", "2026-01-01 10:00:00.000000", in: database)
      try await Self.setDone("b", "2026-01-02 10:00:00.500000", in: database)
      let all = try await tool.run("list")
      #expect(
        all.output == """
          TASK ID  STATE    NAME       WORKER  DONE
          b        SUCCESS                     2026-01-02 10:00:00.500000+00:00
          日本     SUCCESS  two lines  w       2026-01-01 10:00:00+00:00

          """
      )
      #expect(all.errors == "")
      let first = try await tool.run("list", "--limit", "1")
      let key = try #require(first.errors.wholeMatch(of: /More: add --after (\S+)\n/)).output.1
      let second = try await tool.run("list", "--limit", "1", "--after", String(key))
      #expect(second.output.contains("日本") && !second.output.contains("\nb "))
      #expect(second.errors == "")
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Pages show each result exactly once while others are stored`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      let known = (0..<23).map { "known\($0)" }
      for id in known { try await backend.markAsDone(TaskID(id), result: 1) }
      // Some of them at the very same moment.
      for id in known.prefix(9) { try await Self.setDone(id, "2026-01-01 00:00:00.000000", in: database) }
      let tool = Tool(database)
      var seen: [String] = []
      var after: [String] = []
      var pages = 0
      repeat {
        let run = try await tool.run(["list", "--limit", "4", "--format", "json"] + after)
        seen += try Self.ids(run)
        after = (try run.json()["next"] as? String).map { ["--after", $0] } ?? []
        pages += 1
        for number in 0..<3 { try await backend.markAsDone(TaskID("new\(pages)-\(number)"), result: 1) }
      } while !after.isEmpty && pages < 20
      #expect(seen.count == 23)
      #expect(Set(seen) == Set(known))
      #expect(pages == 6)
      await backend.shutDown()
    }
  }
}
