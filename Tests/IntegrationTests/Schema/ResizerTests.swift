import MariaDBClient
import ResultSchema
import SchemaMigrations
import Synchronization
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct ResizerTests {
  private static let emoji = "🎉-ünï-"

  private func migrate(_ database: ThrowawayDatabase, _ length: Int) async throws {
    let options = Migrator.Options(taskIDMaxLength: .length(length))
    _ = try await Migrator(connection: database.configuration, options: options).migrate()
  }

  private func resizer(_ database: ThrowawayDatabase, _ length: Int) -> Resizer {
    Resizer(connection: database.configuration, length: length)
  }

  /// Stores rows whose ids and names have at most so many characters.
  private func store(_ database: ThrowawayDatabase, longest: Int) async throws {
    for number in 0..<50 {
      let id =
        Self.emoji + String(repeating: "x", count: longest - Self.emoji.count - 2)
        + (number < 10 ? "0" : "") + "\(number)"
      try await insertTask(database, id: id, name: number % 2 == 0 ? id : "")
      try await database.client.query(
        """
        INSERT INTO django_celery_results_groupresult
          (group_id, date_created, date_done, content_type, content_encoding)
        VALUES (\(id), NOW(6), NOW(6), 'application/json', 'utf-8')
        """
      )
      try await database.client.query(
        """
        INSERT INTO django_celery_results_chordcounter (group_id, sub_tasks, count) VALUES (\(id), '[]', 3)
        """
      )
    }
  }

  private func insertTask(_ database: ThrowawayDatabase, id: String, name: String) async throws {
    try await database.client.query(
      """
      INSERT INTO django_celery_results_taskresult
        (task_id, task_name, status, content_type, content_encoding, result, date_created, date_done)
      VALUES (\(id), NULLIF(\(name), ''), 'SUCCESS', 'application/json', 'utf-8', '"Grüße"', '2026-01-01', '2026-01-02')
      """
    )
  }

  /// All that is stored.
  private func rows(_ database: ThrowawayDatabase) async throws -> [[MariaDBValue]] {
    var rows: [[MariaDBValue]] = []
    for table in CeleryTables.names {
      rows += try await database.client.query("SELECT * FROM \(identifier: table) ORDER BY id").rows.map(
        \.values
      )
    }
    return rows
  }

  @Test(arguments: TestServer.all)
  func `Longer and shorter: the tables are as if made so, the rows stay, and the way was foreseen`(
    server: TestServer
  ) async throws {
    var expected: [Int: [String]] = [:]
    for length in [191, 300, 64, 50, 255] {
      expected[length] = try await ThrowawayDatabase.with(on: server) { database in
        try await migrate(database, length)
        return try await database.definitions()
      }
    }
    try await ThrowawayDatabase.with(on: server) { database in
      try await migrate(database, 255)
      try await store(database, longest: 50)
      let before = try await rows(database)
      for length in [191, 300, 64, 50, 64, 255] {
        let plan = try await resizer(database, length).plan()
        #expect(plan.steps.count == 4)
        #expect(plan.refusal == nil)
        let ways = Mutex<[AlterAlgorithm?]>([])
        let report = try await resizer(database, length).resize(progress: { progress in
          if case .finished(_, let way) = progress { ways.withLock { $0.append(way) } }
        })
        #expect(report.stepsDone.map(\.tableName) == CeleryTables.namesWithChord)
        #expect(report.taskIDMaxLength == length)
        #expect(ways.withLock { $0 } == plan.steps.map(\.algorithm), "to \(length)")
        #expect(try await database.definitions() == expected[length])
        #expect(try await rows(database) == before)
      }
      let again = try await resizer(database, 255).resize()
      #expect(again.stepsDone.isEmpty)
    }
  }

  @Test(arguments: TestServer.all)
  func `What does not fit is counted and listed, and nothing is changed`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      try await migrate(database, 255)
      try await store(database, longest: 60)
      try await insertTask(database, id: "short", name: Self.emoji + String(repeating: "n", count: 194))
      let (definitions, stored) = (try await database.definitions(), try await rows(database))
      let error = await #expect(throws: MigrationError.self) { try await resizer(database, 59).resize() }
      #expect(error?.code == .valueTooLong)
      #expect(try await database.definitions() == definitions)
      #expect(try await rows(database) == stored)

      let plan = try await resizer(database, 59).plan()
      #expect(plan.refusal?.code == .valueTooLong)
      #expect(plan.longValues.map(\.columnName) == ["task_id", "task_name", "group_id", "group_id"])
      #expect(plan.longValues.map(\.rows) == [50, 26, 50, 50])
      #expect(plan.longValues.map(\.longest) == [60, 200, 60, 60])
      #expect(plan.longValues.allSatisfy { $0.ids.count == 20 })
      #expect(plan.longValues[0].ids.first == Self.emoji + String(repeating: "x", count: 52) + "00")
      for id in plan.longValues[0].ids { #expect(error?.description.contains("\n    \(id)\n") == true) }
      #expect(error?.description.contains("and 30 more") == true)

      // The SQL that is printed finds them, cuts names, and deletes.
      for values in plan.longValues {
        #expect(try await database.client.query(unescaped(values.selectStatement)).rows.count == values.rows)
      }
      for values in plan.longValues.reversed() {
        let statement = values.cutStatement ?? values.deleteStatement
        #expect(Int(try await database.client.query(unescaped(statement)).affectedRows) > 0)
      }
      #expect(try await resizer(database, 59).resize().stepsDone.count == 4)
    }
  }

  private func unescaped(_ text: String) -> SQLStatement { SQLStatement(sql: text) }

  @Test(arguments: TestServer.all)
  func `A value that is stored after the check makes the server refuse, and nothing is cut`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      try await migrate(database, 255)
      try await store(database, longest: 60)
      let stored = try await rows(database)
      var resizer = resizer(database, 59)
      resizer.asksBeforehand = false
      let error = await #expect(throws: MigrationError.self) { try await resizer.resize() }
      #expect(error?.code == .valueTooLong, "\(String(describing: error))")
      #expect(error?.description.contains("after the check") == true)
      #expect(try await rows(database) == stored)
      #expect(try await database.length(of: "task_id", in: CeleryTables.taskResultName) == 255)
    }
  }

  @Test(arguments: TestServer.all)
  func `Whoever stores meanwhile goes on storing`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      try await migrate(database, 255)
      try await store(database, longest: 50)
      let isDone = Atomic(false)
      async let stored = {
        var count = 0
        while !isDone.load(ordering: .relaxed) {
          try await insertTask(database, id: "meanwhile-\(count)", name: "shop.charge")
          count += 1
        }
        return count
      }()
      for length in [191, 255, 191, 50, 300] { _ = try await resizer(database, length).resize() }
      isDone.store(true, ordering: .relaxed)
      let count = try await stored
      #expect(count > 0)
      let there = try await database.client.query(
        "SELECT COUNT(*) FROM django_celery_results_taskresult WHERE task_id LIKE 'meanwhile-%'"
      ).rows[0].decode(Int.self, at: 0)
      #expect(there == count)
    }
  }

  @Test(arguments: TestServer.oneOfEach, 1...2)
  func `A run that was interrupted between two tables is finished by the next`(
    server: TestServer,
    done: Int
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      try await migrate(database, 255)
      for statement in try await resizer(database, 191).plan().steps.prefix(done).map(\.statement) {
        try await database.client.query(unescaped(statement))
      }
      let report = try await resizer(database, 191).resize()
      #expect(report.stepsDone.map(\.tableName) == Array(CeleryTables.namesWithChord.dropFirst(done)))
      for (table, column) in zip(CeleryTables.names, ["task_id", "group_id", "group_id"]) {
        #expect(try await database.length(of: column, in: table) == 191)
      }
    }
  }

  @Test(arguments: ["mysql97-compact", "mariadb1011-compact"])
  func `A length whose index does not fit is refused with the largest that does`(name: String) async throws {
    try await ThrowawayDatabase.with(on: .named(name)) { database in
      try await migrate(database, 150)
      let before = try await database.definitions()
      let error = await #expect(throws: MigrationError.self) { try await resizer(database, 255).resize() }
      #expect(error?.code == .doesNotFit)
      let text = error?.description ?? ""
      #expect(text.contains("1020 bytes, this server allows 767"))
      #expect(text.contains("The largest length that fits as the tables are: 191."))
      #expect(text.contains("celery-results migrate --row-format dynamic && celery-results resize 255"))
      #expect(text.contains("     celery-results resize 191"))
      #expect(try await database.definitions() == before)
      #expect(try await resizer(database, 191).resize().stepsDone.count == 4)
    }
  }

  @Test(arguments: TestServer.all)
  func `A big table that the server can only copy is refused with the command that helps`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      try await migrate(database, 255)
      try await store(database, longest: 40)
      var options = Resizer.Options()
      options.copyLimit = 1
      let resizer = Resizer(connection: database.configuration, length: 191, options: options)
      let plan = try await resizer.plan()
      if plan.steps.contains(where: { $0.algorithm == .copy }) {
        let error = await #expect(throws: MigrationError.self) { try await resizer.resize() }
        #expect(error?.code == .copiesTable)
        #expect(error?.description.contains("pt-online-schema-change") == true)
        #expect(try await database.length(of: "task_id", in: CeleryTables.taskResultName) == 255)
      } else {
        #expect(try await resizer.resize().stepsDone.count == 4)
      }
    }
  }
}
