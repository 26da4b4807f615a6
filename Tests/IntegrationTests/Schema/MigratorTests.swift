import MariaDBClient
import ResultSchema
import SchemaMigrations
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct MigratorTests {
  func migrator(_ database: ThrowawayDatabase, _ change: (inout Migrator.Options) -> Void = { _ in })
    -> Migrator
  {
    var options = Migrator.Options()
    change(&options)
    return Migrator(connection: database.configuration, options: options)
  }

  @Test(arguments: TestServer.all, [nil, 1, 191, 255, 768] as [Int?])
  func `A fresh database gets the tables, their indexes whole, and the 14 rows of the ledger`(
    server: TestServer,
    length: Int?
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let report = try await migrator(database) {
        $0.taskIDMaxLength = length.map { .length($0) } ?? .auto
      }.migrate()
      #expect(report.tablesMade == CeleryTables.namesWithChord)
      #expect(report.ledgerRowsWritten == 14)
      #expect(report.taskIDMaxLength == length ?? 255)
      #expect(try await database.ledger() == CeleryMigration.allCases.map(\.rawValue))
      #expect(try await database.prefixesAndHashes().isEmpty)
      #expect(try await database.length(of: "task_id", in: CeleryTables.taskResultName) == length ?? 255)
      #expect(try await database.length(of: "task_name", in: CeleryTables.taskResultName) == length ?? 255)
      #expect(try await database.length(of: "group_id", in: CeleryTables.groupResultName) == length ?? 255)
      #expect(try await database.length(of: "group_id", in: CeleryTables.chordCounterName) == length ?? 255)
      #expect(try await database.length(of: "periodic_task_name", in: CeleryTables.taskResultName) == 255)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Running again changes nothing, and tells of a setting that differs`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      _ = try await migrator(database) { $0.taskIDMaxLength = .length(100) }.migrate()
      let before = try await database.definitions()
      let again = try await migrator(database) { $0.taskIDMaxLength = .length(200) }.migrate()
      #expect(again.tablesMade.isEmpty)
      #expect(again.ledgerRowsWritten == 0)
      #expect(again.taskIDMaxLength == 100)
      #expect(again.statedTaskIDMaxLength == 200)
      #expect(try await database.definitions() == before)
      #expect(try await database.ledger().count == 14)
    }
  }

  @Test(arguments: TestServer.oneOfEach, 0...3)
  func `A run that was interrupted is finished by the next`(server: TestServer, tables: Int) async throws {
    let whole = try await ThrowawayDatabase.with(on: server) { database in
      _ = try await migrator(database).migrate()
      return try await database.definitions()
    }
    try await ThrowawayDatabase.with(on: server) { database in
      for table in CeleryTables.all(taskIDMaxLength: 255).prefix(tables) {
        try await database.client.query(SQLStatement(sql: SchemaGenerator().createTable(table)))
      }
      let report = try await migrator(database).migrate()
      #expect(report.tablesMade == Array(CeleryTables.namesWithChord.dropFirst(tables)))
      #expect(try await database.definitions() == whole)
      #expect(try await database.ledger().count == 14)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A run that is finished keeps the length that it began with`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let first = SchemaGenerator().createTable(CeleryTables.taskResult(taskIDMaxLength: 100))
      try await database.client.query(SQLStatement(sql: first))
      let report = try await migrator(database) { $0.taskIDMaxLength = .length(200) }.migrate()
      #expect(report.taskIDMaxLength == 100)
      #expect(report.statedTaskIDMaxLength == 200)
      #expect(try await database.length(of: "group_id", in: CeleryTables.groupResultName) == 100)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Django's ledger and what others noted in it stay`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let ledger = SchemaGenerator().createTable(DjangoMigrations.table)
      try await database.client.query(SQLStatement(sql: ledger))
      try await database.client.query(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('auth', '0001_initial', '2020-01-01')"
      )
      _ = try await migrator(database).migrate()
      let apps = try await database.client.query("SELECT app, COUNT(*) FROM django_migrations GROUP BY app")
        .rows
      #expect(
        apps.map(\.values) == [[.string("auth"), .int(1)], [.string("django_celery_results"), .int(14)]]
      )
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Tables that the ledger contradicts are refused by name, and nothing is changed`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      _ = try await migrator(database).migrate()
      let table = SQLStatement.quoted(identifier: CeleryTables.taskResultName)
      try await database.client.query(
        "ALTER TABLE \(unescaped: table) DROP COLUMN periodic_task_name, DROP COLUMN date_started"
      )
      let before = try await database.definitions()
      let error = await #expect(throws: MigrationError.self) { try await migrator(database).migrate() }
      #expect(error?.code == .otherLevel)
      #expect(error?.description.contains("0010") == true)
      #expect(error?.description.contains("celery-results doctor") == true)
      #expect(try await database.definitions() == before)
    }
  }

  @Test(arguments: ["mysql97", "mariadb1011"])
  func `A big table that can only be copied is left alone, with the command that does it online`(
    name: String
  ) async throws {
    try await ThrowawayDatabase.with(on: .named(name)) { database in
      _ = try await migrator(database) { $0.level = .auto20181106 }.migrate()
      let before = try await database.definitions()
      let error = await #expect(throws: MigrationError.self) {
        try await migrator(database) {
          $0.taskIDMaxLength = .length(191)
          $0.copyLimit = 0
        }.migrate()
      }
      #expect(error?.code == .copiesTable)
      #expect(error?.description.contains("pt-online-schema-change ") == true)
      #expect(error?.description.contains("MODIFY COLUMN `task_name` varchar(191) NULL") == true)
      #expect(error?.description.contains("celery:celery") == false)
      #expect(try await database.definitions() == before)
      // What is online is done whatever the size.
      let report = try await migrator(database) { $0.copyLimit = 0 }.migrate()
      #expect(report.level == .newest)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A transaction that uses the table is waited for, and that is told`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      _ = try await migrator(database) { $0.level = .taskResultDateStarted }.migrate()
      let other = try await MariaDBConnection.connect(database.configuration)
      try await other.run { handle in
        try handle.query(text: "START TRANSACTION")
        try handle.query(text: "SELECT * FROM django_celery_results_taskresult FOR UPDATE")
      }
      let (waits, told) = AsyncStream.makeStream(of: String.self)
      async let report = migrator(database).migrate { progress in
        if case .waiting(let line) = progress { told.yield(line) }
      }
      let line = await waits.first { _ in true }
      #expect(line?.contains("django_celery_results_taskresult") == true)
      try await other.run { _ = try $0.query(text: "COMMIT") }
      #expect(try await report.recorded.count == 2)
      await other.close()
    }
  }

  @Test func `Without a database the error says where it is named`() async throws {
    var configuration = try #require(TestServer.mariadb1011).configuration()
    configuration.database = nil
    let error = await #expect(throws: MigrationError.self) {
      try await Migrator(connection: configuration).migrate()
    }
    #expect(error?.code == .noDatabase)
  }
}
