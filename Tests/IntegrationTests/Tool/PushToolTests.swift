import MariaDBClient
import Subprocess
import SystemPackage
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Waiting that follows the server's binary log.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct PushToolTests {
  private static let variable = "CELERY_RESULTS_FOLLOW_BINARY_LOG"

  /// Waits for a task, stores its result when something is so, and says how the waiting ended.
  ///
  /// - Parameters:
  ///   - isReached: Gets what the tool has written to standard error, and says whether the result is to be stored.
  private func wait(
    _ arguments: [String],
    environment: [String: String] = [:],
    for id: String,
    as tool: Tool,
    storing: Tool,
    when isReached: (String) async throws -> Bool
  ) async throws -> Tool.Run {
    let file = try TemporaryFile("", suffix: ".errors")
    defer { file.remove() }
    let result = try await Subprocess.run(
      tool.configuration(["wait", id] + arguments, environment: environment),
      input: .none,
      output: .string(limit: 1 << 20),
      error: .fileDescriptor(
        try .open(FilePath(file.path), .writeOnly),
        closeAfterSpawningProcess: true
      )
    ) { _ in
      let end = ContinuousClock.now + .seconds(300)
      while try await !isReached(String(decoding: Data(contentsOf: URL(filePath: file.path)), as: UTF8.self))
      {
        try #require(ContinuousClock.now < end, "it never came")
        try await Task.sleep(for: .milliseconds(10))
      }
      try #require(try await storing.run("store", id, "--result", "42").code == 0)
    }
    let code: Int32? = if case .exited(let code) = result.terminationStatus { code } else { nil }
    let errors = String(decoding: try Data(contentsOf: URL(filePath: file.path)), as: UTF8.self)
    return Tool.Run(code: code, output: result.standardOutput, errors: errors)
  }

  /// How many connections read the binary log.
  private func dumpCount(_ database: ThrowawayDatabase) async throws -> Int {
    try await database.client.query(
      "SELECT id FROM information_schema.processlist WHERE command LIKE 'Binlog Dump%'"
    ).rows.count
  }

  @Test(arguments: ["mariadb1011", "mysql97"])
  func `Waiting follows the binary log where it is wanted, and says once why it cannot`(name: String)
    async throws
  {
    let options = name == "mysql97" ? [] : ["--server-id=7", "--log-bin", "--binlog-format=ROW"]
    try await PrivateServer.with(name, options: options) { server in
      try await ThrowawayDatabase.withTables(on: server.server) { database in
        let tool = Tool(database)
        for (arguments, environment) in [
          (["--follow-binary-log"], [:]), ([], [Self.variable: "yes"]),
          (["--interval", "1h", "--follow-binary-log"], [Self.variable: "no"]),
        ] {
          let run = try await wait(
            arguments,
            environment: environment,
            for: "task-\(arguments.count)-\(environment.count)",
            as: tool,
            storing: tool
          ) { _ in try await dumpCount(database) == 1 }
          #expect(run.code == 0)
          #expect(run.output.contains("42"))
          #expect(run.errors == "")
          // The server notices a connection's end in its own time, or with the next event.
          while try await dumpCount(database) > 0 {
            try await tool.run("store", "event", "--state", "STARTED")
          }
        }

        let wanted = [Self.variable: "1"]
        try await ToolUser.with(in: database) { user in
          let run = try await wait([], environment: wanted, for: "a", as: Tool(url: user.url), storing: tool)
          {
            $0.contains("GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.*")
          }
          #expect(run.code == 0)
          #expect(run.output.contains("42"))
          #expect(run.errors.split(separator: "\n").count == 1)
        }
        try await database.client.query("SET GLOBAL binlog_format = MIXED")
        let run = try await wait([], environment: wanted, for: "b", as: tool, storing: tool) {
          $0.contains("binlog_format is MIXED, and must be ROW")
        }
        #expect(run.code == 0)
        #expect(run.errors.split(separator: "\n").count == 1)
      }
    }
  }

  @Test func `Where nobody wants the binary log to be followed nothing is said of it`() async throws {
    try await ThrowawayDatabase.withTables(on: .mariadb1011) { database in
      let tool = Tool(database)
      for (arguments, environment) in [([], [:]), (["--no-follow-binary-log"], [Self.variable: "1"])] {
        let run = try await tool.run(
          ["wait", "nosuch", "--timeout", "0.5s"] + arguments,
          environment: environment
        )
        #expect(run.code == 3)
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(run.errors.hasPrefix("celery-results: Task nosuch: it "))
      }
    }
  }
}
