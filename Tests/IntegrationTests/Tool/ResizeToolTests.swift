import MariaDBClient
import ResultSchema
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct ResizeToolTests {
  private static let advice = """
    Set DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH = 191 in Django's settings and in the environment of \
    everything that uses these tables.

    """

  private static func taskIDLength(_ database: ThrowawayDatabase) async throws -> Int {
    try await database.length(of: "task_id", in: CeleryTables.taskResultName)
  }

  @Test(arguments: TestServer.oneOfEach)
  func `The plan and the SQL change nothing, the command does, and the setting is named`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let tool = Tool(database)
      try await tool.run("migrate")
      let plan = try await tool.run("resize", "191", "--plan")
      #expect(plan.code == 0, "\(plan.errors)")
      #expect(plan.output.contains("copied, and others can only read meanwhile"))
      #expect(plan.output.contains("MODIFY COLUMN `task_name` varchar(191) NULL"))
      #expect(plan.output.hasSuffix(Self.advice))
      let json = try await tool.run("resize", "191", "--plan", "--format", "json").json()
      #expect(
        (json["tables"] as? [[String: Any]])?.map { $0["online"] as? Bool } == [false, false, false, false]
      )
      #expect(json["refused"] is String == false)
      let sql = try await tool.run("resize", "191", "--sql").output
      #expect(sql.split(separator: "\n").count { $0.hasSuffix(";") } == 4)
      #expect(try await Self.taskIDLength(database) == 255)

      let done = try await tool.run("resize", "191")
      #expect(done.code == 0 && done.errors == "")
      #expect(done.output.contains("made task_id varchar(191), made task_name varchar(191) (ALGORITHM=COPY)"))
      #expect(done.output.hasSuffix(Self.advice))
      #expect(try await Self.taskIDLength(database) == 191)
      let again = try await tool.run("resize", "191", "--format", "json").json()
      #expect(again["tables_changed"] as? [String] == [])
      #expect(try await tool.run("resize", "191", "--sql").output == "")
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Ids that are too long are listed, as many as asked for, with exit code 1`(server: TestServer)
    async throws
  {
    try await ThrowawayDatabase.with(on: server) { database in
      let tool = Tool(database)
      try await tool.run("migrate")
      for number in 1...3 { try await tool.run("store", "a-long-task-id-\(number)") }
      let refused = try await tool.run("resize", "10", "--limit", "2")
      #expect(refused.code == 1)
      #expect(refused.output == "")
      #expect(refused.errors.contains("\n    a-long-task-id-1\n    a-long-task-id-2\n    and 1 more\n"))
      #expect(refused.errors.contains("DELETE FROM django_celery_results_taskresult WHERE"))
      let plan = try await tool.run("resize", "10", "--plan", "--format", "json")
      #expect(plan.code == 1)
      #expect(try plan.json()["refused"] as? String == "valueTooLong")
      #expect(try await Self.taskIDLength(database) == 255)
    }
  }

  @Test func `A length that no server has is refused`() async throws {
    try await ThrowawayDatabase.with(on: .mariadb1011) { database in
      let tool = Tool(database)
      for length in ["0", "-5", "many"] { #expect(try await tool.run("resize", length).code == 64) }
      #expect(try await tool.run("resize", "191").errors.contains("celery-results migrate"))
      try await tool.run("migrate")
      for length in ["769", "9223372036854775807"] {
        let refused = try await tool.run("resize", length)
        #expect(refused.code == 1)
        #expect(refused.errors.contains("The largest length that fits as the tables are: 768."))
      }
      #expect(try await Self.taskIDLength(database) == 255)
    }
  }
}
