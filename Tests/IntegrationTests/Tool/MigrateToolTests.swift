import MariaDBClient
import ResultSchema
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct MigrateToolTests {
  private static let variable = "DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH"

  private static func tables(_ database: ThrowawayDatabase) async throws -> [String] {
    try await database.client.query("SHOW TABLES").rows.map { try $0.decode(String.self, at: 0) }
  }

  private static func taskIDLength(_ database: ThrowawayDatabase) async throws -> Int {
    let rows = try await database.client.query(
      """
      SELECT CAST(character_maximum_length AS SIGNED) FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = \(CeleryTables.taskResultName) AND column_name = 'task_id'
      """
    ).rows
    return try #require(rows.first).decode(Int.self, at: 0)
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Migrating twice makes the tables once`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let tool = Tool(database)
      let first = try await tool.run("migrate")
      #expect(first.code == 0 && first.errors == "")
      for table in ["taskresult", "chordcounter", "groupresult"] {
        #expect(first.output.contains("made django_celery_results_\(table)\n"))
      }
      #expect(first.output.contains("made celery_results_chord\n"))
      #expect(first.output.contains("noted 14 migrations in django_migrations\n"))
      #expect(first.output.hasSuffix("Task ids have up to 255 characters.\n"))
      #expect(try await Self.tables(database).count == 5)
      let second = try await tool.run("migrate")
      #expect(second.code == 0 && second.errors == "")
      #expect(
        second.output == "Nothing to do: the tables are at level 0014.\nTask ids have up to 255 characters.\n"
      )
      let json = try await tool.run("migrate", "--format", "json").json()
      #expect(json["tables_made"] as? [String] == [])
      #expect(json["task_id_max_length"] as? Int == 255)
      #expect(try await tool.run("store", "a").code == 0)
    }
  }

  @Test(arguments: TestServer.oneOfEach, [("191", 191), ("auto", 255), ("", 255), ("1", 1)])
  func `The length of task ids is the setting's`(server: TestServer, setting: (value: String, length: Int))
    async throws
  {
    try await ThrowawayDatabase.with(on: server) { database in
      let run = try await Tool(database).run(
        "migrate",
        "--format",
        "json",
        environment: [Self.variable: setting.value]
      )
      #expect(run.code == 0, "\(run.errors)")
      let json = try run.json()
      #expect((json["tables_made"] as? [String])?.count == 4)
      #expect(json["ledger_rows_written"] as? Int == 14)
      #expect(json["task_id_max_length"] as? Int == setting.length)
      #expect(try await Self.taskIDLength(database) == setting.length)
    }
  }

  @Test(arguments: TestServer.oneOfEach, ["abc", "0", "-1", "1.5", "100000", "99999999999999999999", " 5x"])
  func `A length that will not do is refused with the largest that would, and makes no table`(
    server: TestServer,
    value: String
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let tool = Tool(database)
      let run = try await tool.run("migrate", environment: [Self.variable: value])
      #expect(run.code == 1)
      #expect(run.output == "")
      #expect(run.errors.hasPrefix("celery-results: \(Self.variable)=\(value) is "))
      let largest = try #require(
        run.errors.firstMatch(of: /the largest that would do here is ([0-9]+)/),
        "\(run.errors)"
      ).output.1
      #expect(try await Self.tables(database) == [])

      // That it is the largest: one more will not do, and it will.
      let more = try #require(Int(largest)) + 1
      #expect(try await tool.run("migrate", environment: [Self.variable: "\(more)"]).code == 1)
      #expect(try await Self.tables(database) == [])
      let fits = try await tool.run("migrate", environment: [Self.variable: String(largest)])
      #expect(fits.code == 0, "\(fits.errors)")
      #expect(try await Self.taskIDLength(database) == Int(largest))
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A setting that differs from the tables is pointed out`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let run = try await Tool(database).run("migrate", environment: [Self.variable: "191"])
      #expect(run.code == 0)
      #expect(run.output.contains("\(Self.variable) says 191"))
      #expect(try await Self.taskIDLength(database) == 255)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A migration names no password in the commands that it prints`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      try await ToolUser.with(in: database) { user in
        let run = try await Tool(url: nil).run(
          "migrate",
          "--url",
          user.url,
          environment: [Self.variable: "100000"]
        )
        #expect(run.code == 1)
        #expect(
          run.errors.contains("celery-results migrate --url \(user.urlWithoutPassword) --password-file -")
        )
        #expect(!user.isBetrayed(by: run.errors))
      }
    }
  }
}
