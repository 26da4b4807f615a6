import MariaDBClient
import ResultSchema
import SchemaMigrations
import TestSupport
import Testing

/// Tables that somebody has changed by hand, and servers that somebody has set otherwise since.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct OddTableTests {
  private func migrate(
    _ database: ThrowawayDatabase,
    _ change: (inout Migrator.Options) -> Void = { _ in }
  ) async throws -> MigrationReport {
    var options = Migrator.Options()
    change(&options)
    return try await Migrator(connection: database.configuration, options: options).migrate()
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A column of another type and an index that is not UNIQUE are told`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      _ = try await migrate(database) { $0.level = .auto20190516 }
      try await database.client.query(
        "ALTER TABLE django_celery_results_taskresult ADD COLUMN worker int NULL"
      )
      let report = try await migrate(database)
      #expect(report.level == .newest)
      #expect(report.faults.map(\.place).contains("django_celery_results_taskresult.worker"))
      #expect(report.faults.map(\.kind).contains(.columnType))
      let again = try await Tool(database).run("migrate")
      #expect(again.code == 0)
      #expect(again.output.contains("Not as Django makes it: django_celery_results_taskresult.worker: "))
      #expect(again.output.contains("celery-results doctor"))
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Tables as they should be have no faults`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      _ = try await migrate(database) { $0.level = .initial }
      let whole = try await migrate(database)
      #expect(whole.faults.isEmpty)
      let again = try await migrate(database)
      #expect(again.faults.isEmpty)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A view in place of a table is refused by name`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      try await database.client.query("CREATE VIEW django_celery_results_taskresult AS SELECT 1 AS id")
      let error = await #expect(throws: MigrationError.self) { try await migrate(database) }
      #expect(error?.code == .otherLevel)
      #expect(error?.description.contains("django_celery_results_taskresult is a view") == true)
      #expect(try await database.tables() == ["django_celery_results_taskresult"])
    }
  }

  @Test func `A table with system versions is the table`() async throws {
    try await ThrowawayDatabase.with(on: .named("mariadb1011")) { database in
      _ = try await migrate(database)
      try await database.client.query(
        "ALTER TABLE django_celery_results_taskresult ADD SYSTEM VERSIONING"
      )
      let report = try await migrate(database)
      #expect(report.stepsDone.isEmpty)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Ids of any size are no hindrance`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      _ = try await migrate(database) { $0.level = .chordCounter }
      try await database.client.query(
        """
        ALTER TABLE django_celery_results_taskresult
          MODIFY COLUMN id bigint unsigned NOT NULL AUTO_INCREMENT, AUTO_INCREMENT = 18446744073709551614
        """
      )
      let report = try await migrate(database)
      #expect(report.level == .newest)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Somebody's FULLTEXT index stays`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      _ = try await migrate(database) { $0.level = .taskResultDateCreated }
      try await database.client.query(
        "ALTER TABLE django_celery_results_taskresult ADD FULLTEXT INDEX somebodys (task_name)"
      )
      _ = try await migrate(database)
      #expect(try await database.definitions().contains { $0.contains("FULLTEXT KEY `somebodys`") })
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `What the server says to DDL is told in its own words`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      _ = try await migrate(database) { $0.level = .initial }
      try await database.client.query(
        """
        ALTER TABLE django_celery_results_taskresult
          ADD COLUMN own int GENERATED ALWAYS AS (hidden + 1) VIRTUAL
        """
      )
      let error = await #expect(throws: MigrationError.self) { try await migrate(database) }
      #expect(error?.code == .stopped)
      let words = try #require(error?.cause?.serverMessage)
      #expect(error?.description.contains(words) == true)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `An engine that the server does not have is refused, with those that it has`(server: TestServer)
    async throws
  {
    try await ThrowawayDatabase.with(on: server) { database in
      for command in ["check", "migrate"] {
        let run = try await Tool(database).run(command, "--engine", "nonsense")
        #expect(run.code == 1)
        #expect(run.errors.contains("no storage engine nonsense"))
        #expect(run.errors.contains("InnoDB"))
      }
      #expect(try await database.tables().isEmpty)
    }
  }

  @Test(arguments: ["mysql97", "mariadb1011"])
  func `A table keeps its row format when the server's default has become another`(name: String) async throws
  {
    try await PrivateServer.with(name) { server in
      try await ThrowawayDatabase.with(on: server.server) { database in
        _ = try await migrate(database) { $0.level = .auto20181106 }
        try await database.client.query("SET GLOBAL innodb_default_row_format = 'compact'")
        let report = try await migrate(database) { $0.taskIDMaxLength = .length(191) }
        #expect(report.level == .newest)
        let format: String = try await database.client.query(
          """
          SELECT row_format FROM information_schema.tables
          WHERE table_schema = DATABASE() AND table_name = 'django_celery_results_taskresult'
          """
        ).rows[0].decode(at: 0)
        #expect(format == "Dynamic")
      }
    }
  }
}
