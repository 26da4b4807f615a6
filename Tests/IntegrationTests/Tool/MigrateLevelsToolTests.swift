import Foundation
import MariaDBClient
import ResultSchema
import TestSupport
import Testing

/// `migrate` from older levels, and what only shows what it would do.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct MigrateLevelsToolTests {
  @Test(arguments: TestServer.oneOfEach)
  func `The SQL that is printed makes what migrate makes`(server: TestServer) async throws {
    let made = try await ThrowawayDatabase.with(on: server) { database in
      #expect(try await Tool(database).run("migrate").code == 0)
      return try await database.definitions()
    }
    for level in ["0001", "0004", "0008"] {
      try await ThrowawayDatabase.with(on: server) { database in
        let tool = Tool(database)
        #expect(try await tool.run("migrate", "--to", level).code == 0)
        let before = try await database.definitions()
        let sql = try await tool.run("migrate", "--sql")
        #expect(sql.code == 0)
        #expect(try await database.definitions() == before)
        try await run(sql.output, on: database)
        #expect(try await database.definitions() == made)
        #expect(try await database.ledger() == CeleryMigration.allCases.map(\.rawValue))
        #expect(try await tool.run("migrate").output.hasPrefix("Nothing to do"))
        #expect(try await tool.run("migrate", "--sql").output == "")
      }
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `The plan names what is to be done, and does nothing`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let tool = Tool(database)
      #expect(try await tool.run("migrate", "--to", "0004").code == 0)
      let before = try await database.definitions()
      let plan = try await tool.run("migrate", "--plan")
      #expect(plan.code == 0)
      for migration in CeleryMigration.allCases where migration > .auto20190516 {
        #expect(plan.output.contains(migration.digits))
      }
      #expect(plan.output.contains("  ALTER TABLE"))
      #expect(try await tool.run("migrate", "--plan", "--format", "json").json()["items"] is [Any])
      #expect(try await database.definitions() == before)
      #expect(try await database.ledger().count == 4)
    }
  }

  @Test(arguments: TestServer.all)
  func `Each statement is done in the way that disturbs least, and that is said`(server: TestServer)
    async throws
  {
    try await ThrowawayDatabase.with(on: server) { database in
      let tool = Tool(database)
      #expect(try await tool.run("migrate", "--to", "0001").code == 0)
      let run = try await tool.run("migrate")
      #expect(run.code == 0)
      #expect(
        run.output.contains("0005: django_celery_results_taskresult: added worker (ALGORITHM=INSTANT)\n")
      )
      #expect(run.output.contains("indexed periodic_task_name (ALGORITHM=INPLACE, LOCK=NONE)\n"))
      #expect(run.output.contains("dropped hidden (ALGORITHM=INSTANT)\n"))
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A name that would not fit stops it before anything is changed`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let tool = Tool(database)
      #expect(try await tool.run("migrate", "--to", "0003").code == 0)
      try await database.client.query(
        """
        INSERT INTO django_celery_results_taskresult
          (task_id, status, content_type, content_encoding, date_done, hidden, task_name)
        VALUES ('a', 'SUCCESS', 'application/json', 'utf-8', NOW(6), 0, REPEAT('n', 200))
        """
      )
      let before = try await database.definitions()
      let run = try await tool.run("migrate", "--task-id-max-length", "191")
      #expect(run.code == 1)
      #expect(run.errors.contains("task_name is to have 191 characters, and 1 rows have more, at most 200"))
      #expect(try await database.definitions() == before)
      #expect(try await database.ledger().count == 3)
      #expect(try await tool.run("migrate", "--task-id-max-length", "200").code == 0)
    }
  }

  @Test(arguments: ["mysql97-compact"])
  func `A plan that is refused is shown all the same, SQL that would end in the middle is not`(name: String)
    async throws
  {
    try await ThrowawayDatabase.with(on: .named(name)) { database in
      let tool = Tool(database)
      let plan = try await tool.run("migrate", "--plan")
      #expect(plan.code == 1)
      #expect(plan.output.contains("CREATE TABLE"))
      #expect(plan.errors.contains("DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH"))
      let sql = try await tool.run("migrate", "--sql")
      #expect(sql.code == 1)
      #expect(sql.output.isEmpty)
      #expect(try await tool.run("migrate", "--sql", "--format", "json").code == 64)
    }
  }

  @Test(arguments: ["mysql97-compact"])
  func `A length that the tool has chosen is one that Django must be told`(name: String) async throws {
    let line = "put DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH = 191 into Django's settings."
    try await ThrowawayDatabase.with(on: .named(name)) { database in
      let run = try await Tool(database).run("migrate", "--task-id-max-length", "auto")
      #expect(run.code == 0)
      #expect(run.output.contains(line))
      let report = try await Tool(database).run("migrate", "--format", "json").json()
      #expect(report["task_id_max_length"] as? Int == 191)
      #expect(report["stated_task_id_max_length"] is NSNull)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A wrong level is wrong usage`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let beyond = try await Tool(database).run("migrate", "--to", "0015")
      let several = try await Tool(database).run("migrate", "--to", "00")
      #expect(beyond.code == 64)
      #expect(several.code == 64)
      #expect(try await database.tables().isEmpty)
    }
  }

  /// Runs what the mysql client would be fed.
  private func run(_ sql: String, on database: ThrowawayDatabase) async throws {
    let lines = sql.split(separator: "\n").filter { !$0.hasPrefix("--") }
    for statement in lines.joined(separator: "\n").dropLast().split(separator: ";\n") {
      try await database.client.query(SQLStatement(sql: String(statement)))
    }
  }
}
