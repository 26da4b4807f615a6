import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import ResultSchema
import SchemaMigrations
import TestSupport
import Testing

/// Servers on which the default length does not fit.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct KeyLengthTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let server: String
    /// The bytes that the server allows.
    let limit: Int
    let remedies: [Remedy.Kind]
    /// The longest length that fits as things are.
    let length: Int
    var testDescription: String { server }
  }

  static let cases = [
    Case(server: "mysql97-compact", limit: 767, remedies: [.rowFormat, .taskIDMaxLength], length: 191),
    Case(server: "mariadb1011-compact", limit: 767, remedies: [.rowFormat, .taskIDMaxLength], length: 191),
    Case(server: "mysql97-myisam", limit: 1000, remedies: [.engine, .taskIDMaxLength], length: 250),
  ]

  @Test(arguments: cases)
  func `The default length is refused with the column, both numbers and the remedies`(item: Case) async throws
  {
    try await ThrowawayDatabase.with(on: .named(item.server)) { database in
      let error = await #expect(throws: MigrationError.self) {
        try await Migrator(connection: database.configuration).migrate()
      }
      let text = try #require(error?.description)
      #expect(error?.code == .doesNotFit)
      #expect(error?.remedies.map(\.kind) == item.remedies)
      #expect(text.contains("django_celery_results_taskresult.task_id"))
      #expect(text.contains("1020 bytes"))
      #expect(text.contains("\(item.limit)"))
      #expect(text.contains("DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=\(item.length) celery-results migrate"))
      let left = try await database.tables()
      #expect(left.isEmpty)
    }
  }

  @Test(arguments: cases)
  func `Each remedy works, and stores and reads work afterwards`(item: Case) async throws {
    for index in item.remedies.indices {
      try await ThrowawayDatabase.with(on: .named(item.server)) { database in
        let error = await #expect(throws: MigrationError.self) {
          try await Migrator(connection: database.configuration).migrate()
        }
        let schema = try #require(error?.remedies[index].schema)
        let options = Migrator.Options(
          taskIDMaxLength: .length(schema.taskIDMaxLength),
          engine: schema.engine,
          rowFormat: schema.rowFormat
        )
        let report = try await Migrator(connection: database.configuration, options: options).migrate()
        #expect(report.tablesMade.count == 4)
        try await checkStoring(database, length: schema.taskIDMaxLength)
      }
    }
  }

  @Test(arguments: cases)
  func `auto takes the longest that fits; only periodic_task_name's index is cut where need be`(
    item: Case
  ) async throws {
    try await ThrowawayDatabase.with(on: .named(item.server)) { database in
      let options = Migrator.Options(taskIDMaxLength: .auto)
      let report = try await Migrator(connection: database.configuration, options: options).migrate()
      #expect(report.taskIDMaxLength == item.length)
      #expect(report.periodicTaskNamePrefix == item.length)
      #expect(try await database.prefixesAndHashes() == ["periodic_task_name:\(item.length)"])
      try await checkStoring(database, length: item.length)
    }
  }

  @Test(arguments: cases)
  func `A failure that nobody foresaw is explained too, and no table is left behind`(item: Case) async throws
  {
    try await ThrowawayDatabase.with(on: .named(item.server)) { database in
      var migrator = Migrator(connection: database.configuration)
      migrator.asksBeforehand = false
      let error = await #expect(throws: MigrationError.self) { try await migrator.migrate() }
      #expect(error?.code == .doesNotFit)
      #expect(error?.description.contains("task_id") == true)
      #expect(error?.description.contains("DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=\(item.length)") == true)
      let left = try await database.tables()
      #expect(left.isEmpty)
    }
  }

  @Test(
    arguments: [
      // 1071 as an error; as a note, with the key cut and the unique one a hash; 1071 again as rows are stated.
      ("mysql97", 769, nil), ("mariadb1011", 769, nil), ("mariadb118", 769, nil), ("mariadb105", 769, nil),
      ("mysql97", 255, RowFormat.compact), ("mariadb1011", 255, .redundant),
    ] as [(String, Int, RowFormat?)]
  )
  func `Every form of the fault ends the migration and leaves nothing behind`(
    name: String,
    length: Int,
    rowFormat: RowFormat?
  ) async throws {
    try await ThrowawayDatabase.with(on: .named(name)) { database in
      for asksBeforehand in [true, false] {
        var migrator = Migrator(
          connection: database.configuration,
          options: .init(taskIDMaxLength: .length(length), rowFormat: rowFormat)
        )
        migrator.asksBeforehand = asksBeforehand
        let error = await #expect(throws: MigrationError.self) { try await migrator.migrate() }
        #expect(error?.code == .doesNotFit)
        #expect(error?.description.contains("\(length * 4) bytes") == true)
        let left = try await database.tables()
        #expect(left.isEmpty)
      }
    }
  }

  @Test(arguments: TestServer.all)
  func `A length whose row no server keeps is refused`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let error = await #expect(throws: MigrationError.self) {
        try await Migrator(
          connection: database.configuration,
          options: .init(taskIDMaxLength: .length(10_000))
        ).migrate()
      }
      #expect(error?.code == .doesNotFit)
      #expect(error?.description.contains("DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=10000") == true)
      let left = try await database.tables()
      #expect(left.isEmpty)
    }
  }

  @Test(arguments: ["latin1", "utf8mb3"])
  func `Narrower characters make longer ids fit`(characterSet: String) async throws {
    try await ThrowawayDatabase.with(on: .named("mysql97-compact"), characterSet: characterSet) { database in
      let report = try await Migrator(connection: database.configuration).migrate()
      #expect(report.taskIDMaxLength == 255)
      #expect(try await database.prefixesAndHashes().isEmpty)
    }
  }

  private func checkStoring(_ database: ThrowawayDatabase, length: Int) async throws {
    let backend = DatabaseBackend(client: .init(database.configuration))
    let id = TaskID(String(repeating: "é", count: length))
    try await backend.markAsStarted(id)
    try await backend.markAsDone(id, result: ["total": 42])
    let value = try await AsyncResult(id, as: [String: Int].self, backend: backend).get(timeout: .zero)
    #expect(value == ["total": 42])
    #expect(try await backend.cleanup(olderThan: .seconds(60)).tasks == 0)
    await backend.shutDown()
  }
}
