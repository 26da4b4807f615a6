import MariaDBClient
import ResultSchema
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct CheckToolTests {
  @Test(arguments: TestServer.all)
  func `Where everything fits the exit code is 0, and nothing is made`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let run = try await Tool(database).run("check")
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.output.hasSuffix("The tables fit.\n"))
      #expect(run.output.contains("utf8mb4, "))
      let indexes = CeleryTables.all(taskIDMaxLength: 255).flatMap(\.indexes).count
      #expect(run.output.split(separator: "\n").count { $0.hasPrefix("django_celery_results_") } == indexes)
      #expect(try await database.tables().isEmpty)
    }
  }

  @Test(arguments: ["mysql97-compact", "mariadb1011-compact"])
  func `Where it does not fit the exit code is 1, with numbers and commands`(name: String) async throws {
    try await ThrowawayDatabase.with(on: .named(name)) { database in
      let tool = Tool(database)
      let run = try await tool.run("check")
      #expect(run.code == 1)
      #expect(run.errors == "")
      #expect(run.output.contains("migrate --row-format dynamic\n"))
      #expect(run.output.contains("DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=191 "))
      let json = try await tool.run("check", "--format", "json").json()
      #expect(json["fits"] as? Bool == false)
      let columns = try #require(json["columns"] as? [[String: Any]])
      let task = try #require(columns.first { $0["column"] as? String == "task_id" })
      #expect(task["bytes_needed"] as? Int == 1020)
      #expect(task["bytes_allowed"] as? Int == 767)
      #expect(task["error"] as? Int == 1709)
      #expect((json["remedies"] as? [Any])?.count == 2)
      #expect(try await tool.run("check", "--task-id-max-length", "191").code == 0)
      #expect(try await tool.run("check", "--row-format", "dynamic").code == 0)
      #expect(try await database.tables().isEmpty)
    }
  }

  @Test func `Tables that are there are taken as they are`() async throws {
    try await ThrowawayDatabase.with(on: .named("mariadb1011-compact")) { database in
      let tool = Tool(database)
      let migrated = try await tool.run("migrate", "--row-format", "dynamic")
      let checked = try await tool.run("check")
      #expect(migrated.code == 0)
      #expect(checked.code == 0)
    }
    try await ThrowawayDatabase.with(on: .named("mariadb1011-compact")) { database in
      let tool = Tool(database)
      #expect(try await tool.run("migrate", "--to", "0012", "--task-id-max-length", "191").code == 0)
      let run = try await tool.run("check", "--task-id-max-length", "191")
      #expect(run.code == 0)
      #expect(run.output.contains("fits, with a prefix of 191 characters"))
    }
  }
}
