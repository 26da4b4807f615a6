import MariaDBClient
import Subprocess
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct WaitToolTests {
  @Test(arguments: TestServer.oneOfEach)
  func `Waiting ends with 3 when the task is not ready in time`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      try await tool.run("store", "started", "--state", "STARTED")
      for id in ["nosuch", "started"] {
        for timeout in ["0", "0.2s"] {
          let run = try await tool.run("wait", id, "--timeout", timeout)
          #expect(run.code == 3)
          #expect(run.output == "")
          #expect(run.errors.hasPrefix("celery-results: Task \(id): it "))
        }
      }
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Waiting for a task that is ready shows it, whatever the timeout`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      // What is not stored would be waited for.
      try #require(try await tool.run("store", "done", "--result", "42").code == 0)
      try #require(
        try await tool.run("store", "failed", "--exception", "ValueError", "--message", "bad").code == 0
      )
      try #require(try await tool.run("store", "revoked", "--state", "REVOKED").code == 0)
      for timeout in [["--timeout", "0"], ["--timeout", "1h"], []] {
        let done = try await tool.run(["wait", "done", "--format", "json"] + timeout)
        #expect(done.code == 0)
        #expect(try done.json()["result"] as? Int == 42)
        let failed = try await tool.run(["wait", "failed"] + timeout)
        #expect(failed.code == 1)
        #expect(failed.output.contains("exception      ValueError(bad)"))
        #expect(failed.errors == "")
        #expect(try await tool.run(["wait", "revoked"] + timeout).code == 1)
      }
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Waiting ends when another process stores the result`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      async let waiting = tool.run("wait", "a", "--interval", "0.05", "--format", "json")
      try await tool.run("store", "a", "--state", "STARTED")
      try await tool.run("store", "a", "--state", "PROGRESS", "--result", "{\"current\": 1}")
      try await tool.run("store", "b", "--result", "1")
      try #require(try await tool.run("store", "a", "--result", "[1, 2]").code == 0)
      let run = try await waiting
      #expect(run.code == 0)
      #expect(try run.json()["result"] as? [Int] == [1, 2])
    }
  }

  @Test(arguments: TestServer.oneOfEach, [Signal.interrupt, .terminate])
  func `A signal ends waiting at once and without a message`(server: TestServer, signal: Signal) async throws
  {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let run = try await Subprocess.run(
        Tool(database).configuration(["wait", "a", "--interval", "0.05"]),
        input: .none,
        output: .string(limit: 1 << 20),
        error: .string(limit: 1 << 20)
      ) { execution in
        // It waits as soon as the server has a connection of it.
        while try await database.client.query(
          """
          SELECT 1 FROM information_schema.processlist
          WHERE db = \(database.configuration.database ?? "") AND id <> CONNECTION_ID()
          """
        ).rows.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        try execution.send(signal: signal)
      }
      #expect(run.terminationStatus == .signaled(signal.rawValue))
      #expect(run.standardOutput == "" && run.standardError == "")
    }
  }
}
