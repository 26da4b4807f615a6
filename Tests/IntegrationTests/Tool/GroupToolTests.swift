import MariaDBClient
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct GroupToolTests {
  @Test(arguments: TestServer.oneOfEach)
  func `A group is saved, shown and deleted`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      try #require(try await tool.run("group", "g", "--save", "a", "b", "c").code == 0)
      try #require(try await tool.run("store", "a", "--result", "1").code == 0)
      try #require(
        try await tool.run("store", "b", "--exception", "ValueError", "--message", "bad").code == 0
      )
      let text = try await tool.run("group", "g")
      #expect(text.code == 0)
      #expect(
        text.output.hasPrefix("group g: 3 members, 1 completed, waiting: 1 FAILURE, 1 PENDING\nTASK ID ")
      )
      let json = try await tool.run("group", "g", "--format", "json").json()
      #expect(json["completed_count"] as? Int == 1)
      #expect(json["waiting"] as? Bool == true)
      let members = try #require(json["members"] as? [[String: Any]])
      #expect(members.map { $0["task_id"] as? String } == ["a", "b", "c"])
      #expect(members.map { $0["status"] as? String } == ["SUCCESS", "FAILURE", "PENDING"])
      #expect(try await tool.run("group", "g", "--delete").code == 0)
      for arguments in [["group", "g"], ["group", "g", "--delete"], ["wait", "--group", "g"]] {
        let gone = try await tool.run(arguments)
        #expect(gone.code == 3)
        #expect(gone.output == "")
        #expect(gone.errors == "celery-results: no group g is saved\n")
      }
      #expect(try await tool.run("get", "a").code == 0)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Waiting for a group ends when its last task is stored, with 1 if one has failed`(server: TestServer)
    async throws
  {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      try #require(try await tool.run("group", "g", "--save", "a", "b").code == 0)
      try #require(try await tool.run("store", "a", "--result", "1").code == 0)
      let late = try await tool.run("wait", "--group", "g", "--timeout", "0")
      #expect(late.code == 3)
      #expect(late.errors == "celery-results: Group g: 1 of its 2 tasks were not ready in time.\n")
      async let waiting = tool.run("wait", "--group", "g", "--interval", "0.05", "--format", "json")
      try #require(try await tool.run("store", "b", "--result", "[2]").code == 0)
      let run = try await waiting
      #expect(run.code == 0)
      let members = try #require(try run.json()["members"] as? [[String: Any]])
      #expect(members.first?["result"] as? Int == 1)
      #expect(members.last?["result"] as? [Int] == [2])
      try #require(try await tool.run("group", "h", "--save", "a", "c").code == 0)
      try #require(try await tool.run("store", "c", "--exception", "ValueError").code == 0)
      let failed = try await tool.run("wait", "--group", "h", "--timeout", "1h")
      #expect(failed.code == 1)
      #expect(failed.errors == "")
      #expect(failed.output.hasPrefix("group h: 2 members, 1 completed, ready: 1 FAILURE\n"))
    }
  }

  @Test(arguments: [["group", ""], ["group", "g", "--save", "a", "--delete"], ["group", "g", "--save"]])
  func `What cannot be meant is wrong usage`(arguments: [String]) async throws {
    let run = try await Tool(url: "mysql://127.0.0.1:1/none").run(arguments)
    #expect(run.code == 64)
  }
}
