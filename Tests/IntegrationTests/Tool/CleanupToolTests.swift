import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import ResultSchema
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct CleanupToolTests {
  /// Lends a database with two old tasks, one new task and one old group.
  private func withOldResults(on server: TestServer, _ body: (Tool) async throws -> Void) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      for id in ["old1", "old2", "new"] { try await tool.run("store", id) }
      let tasks = SQLStatement.quoted(identifier: CeleryTables.taskResultName)
      let groups = SQLStatement.quoted(identifier: CeleryTables.groupResultName)
      try await database.client.query(
        "UPDATE \(unescaped: tasks) SET date_done = '2020-01-01' WHERE task_id LIKE 'old%'"
      )
      try await database.client.query(
        """
        INSERT INTO \(unescaped: groups)
          (group_id, date_created, date_done, content_type, content_encoding, result)
        VALUES ('g', '2020-01-01', '2020-01-01', 'application/json', 'utf-8', '[]')
        """
      )
      try await body(tool)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Cleaning up deletes what has expired, a day ago if nothing else is said`(server: TestServer)
    async throws
  {
    try await withOldResults(on: server) { tool in
      let run = try await tool.run("cleanup")
      #expect(run.code == 0)
      #expect(run.output == "Deleted 2 tasks, 1 groups, 0 chord counters and 0 chords.\n")
      // Progress is for a terminal.
      #expect(run.errors == "")
      #expect(try await tool.run("get", "new").code == 0)
      #expect(try await tool.run("get", "old1").code == 3)
      #expect(
        try await tool.run("cleanup", "--format", "json").output
          == "{\"tasks\": 0, \"groups\": 0, \"chord_counters\": 0, \"chords\": 0, \"dry_run\": false}\n"
      )
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `How old is said by the option, or else by CELERY_RESULT_EXPIRES`(server: TestServer) async throws {
    try await withOldResults(on: server) { tool in
      let none = "Deleted 0 tasks, 0 groups, 0 chord counters and 0 chords.\n"
      #expect(try await tool.run("cleanup", "--older-than", "5200w").output == none)
      #expect(
        try await tool.run("cleanup", environment: ["CELERY_RESULT_EXPIRES": "3145000000"]).output == none
      )
      let never = try await tool.run("cleanup", environment: ["CELERY_RESULT_EXPIRES": "0"])
      #expect(never.code == 1)
      #expect(never.errors.contains("CELERY_RESULT_EXPIRES=0") && never.errors.contains("--older-than"))
      let wrong = try await tool.run("cleanup", environment: ["CELERY_RESULT_EXPIRES": "soon"])
      #expect(wrong.code == 1)
      #expect(wrong.errors.contains("CELERY_RESULT_EXPIRES=soon"))
      let both = try await tool.run(
        "cleanup",
        "--older-than",
        "7d",
        "--format",
        "json",
        environment: ["CELERY_RESULT_EXPIRES": "0"]
      )
      #expect(
        both.output
          == "{\"tasks\": 2, \"groups\": 1, \"chord_counters\": 0, \"chords\": 0, \"dry_run\": false}\n"
      )
      #expect(
        try await tool.run("cleanup", "--older-than", "0").output
          == "Deleted 1 tasks, 0 groups, 0 chord counters and 0 chords.\n"
      )
      #expect(try await tool.run("get", "new").code == 3)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A dry run says how much would go, and states and names have times of their own`(
    server: TestServer
  ) async throws {
    try await withOldResults(on: server) { tool in
      try await tool.run("store", "failed", "--exception", "ValueError", "--task-name", "proj.add")
      let dry = try await tool.run("cleanup", "--dry-run")
      #expect(dry.output == "Would delete 2 tasks, 1 groups, 0 chord counters and 0 chords.\n")
      #expect(try await tool.run("get", "old1").code == 0)
      let json = try await tool.run("cleanup", "--dry-run", "--older-than", "0", "--format", "json").json()
      #expect(json["tasks"] as? Int == 4)
      #expect(json["dry_run"] as? Bool == true)

      let never = ["CELERY_RESULT_EXPIRES": "0"]
      let kept = try await tool.run(
        ["cleanup", "--older-than", "0", "--state", "SUCCESS=never", "--task", "proj.*=1h", "--dry-run"]
      )
      #expect(kept.output == "Would delete 0 tasks, 1 groups, 0 chord counters and 0 chords.\n")
      let failures = try await tool.run(["cleanup", "--state", "FAILURE=0"], environment: never)
      #expect(failures.output == "Deleted 1 tasks, 0 groups, 0 chord counters and 0 chords.\n")
      #expect(try await tool.run("get", "old1").code == 0)

      for wrong in [
        ["--state", "FAILURE"], ["--state", "=1d"], ["--task", "proj.*=soon"],
        ["--state", "FAILURE=1d", "--state", "FAILURE=2d"],
      ] {
        #expect(try await tool.run(["cleanup"] + wrong).code == 64)
      }
    }
  }
}
