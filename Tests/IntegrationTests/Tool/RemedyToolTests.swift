import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The commands that a refused migration prints, typed into a shell as they are printed.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct RemedyToolTests {
  /// The lines of the message that are commands.
  private static func commands(_ message: String) -> [String] {
    message.split(separator: "\n").map(String.init).filter { line in
      line.hasPrefix("     ") && line.contains(" migrate")
    }.map { line in String(line.drop { $0 == " " }) }
  }

  @Test(
    arguments: [("mysql97-compact", 2), ("mariadb1011-compact", 2), ("mysql97-myisam", 2)],
    [true, false]
  )
  func `Each command works as it is printed, and storing and reading work afterwards`(
    server: (name: String, remedies: Int),
    urlIsAFlag: Bool
  ) async throws {
    for index in 0..<server.remedies {
      try await ThrowawayDatabase.with(on: .named(server.name)) { database in
        let tool = Tool(url: urlIsAFlag ? nil : database.url)
        let refused = try await tool.run(urlIsAFlag ? ["migrate", "--url", database.url] : ["migrate"])
        #expect(refused.code == 1)
        let commands = Self.commands(refused.errors)
        #expect(commands.count == server.remedies)
        var environment: [Environment.Key: String] = ["HOME": "/nonexistent", "PATH": "/usr/bin:/bin"]
        if !urlIsAFlag { environment["CELERY_RESULT_BACKEND"] = database.url }
        let shell = try await Subprocess.run(
          .path("/bin/sh"),
          arguments: ["-c", try #require(commands.indices.contains(index) ? commands[index] : nil)],
          environment: .custom(environment),
          input: .string("celery\n"),
          output: .string(limit: 65_536),
          error: .string(limit: 65_536)
        )
        #expect(shell.terminationStatus.isSuccess, "\(shell.standardError)")

        let after = Tool(database)
        #expect(try await after.run("store", "t", "--result", "42").code == 0)
        #expect(try await after.run("get", "t", "--format", "json").output.contains("\"result\": 42"))
        #expect(try await after.run("migrate").code == 0)
      }
    }
  }
}
