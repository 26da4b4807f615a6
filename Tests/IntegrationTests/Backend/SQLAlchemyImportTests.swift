import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import ResultSchema
import TestSupport
import Testing

/// What the old tables may hold that Celery's own tests never put there.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct SQLAlchemyImportTests {
  @Test(arguments: TestServer.oneOfEach)
  func `Ids that differ in case are two tasks where the tables say so`(server: TestServer) async throws {
    try await Self.withTables(on: server, collation: "utf8mb4_bin") { database in
      let work = Self.work(database)
      try await Self.add("CaseA", "SUCCESS", 1, to: database)
      #expect(try await work.run().tasks.imported == 1)
      try await Self.add("casea", "SUCCESS", 2, to: database)
      #expect(try await work.run(dryRun: true).tasks.imported == 1)
      let report = try await work.run()
      #expect(report.tasks.imported == 1)
      #expect(report.tasks.existing == 1)
      let metas = try await work.backend.taskMeta(for: ["CaseA", "casea"])
      #expect(try metas.map { try $0.result } == [1, 2])
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `An id that only the server takes for one that is there is not brought over`(
    server: TestServer
  ) async throws {
    try await Self.withTables(on: server) { database in
      let work = Self.work(database)
      try await work.backend.markAsDone("CaseA", result: 1)
      try await Self.add("casea", "SUCCESS", 2, to: database)
      for isDryRun in [true, false] {
        let report = try await work.run(dryRun: isDryRun)
        #expect(report.tasks.imported == 0)
        #expect(report.tasks.existing == 1)
      }
      #expect(try await work.backend.taskMeta(for: "CaseA").result == 1)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `What was not ready at first is brought up to date when it is`(server: TestServer) async throws {
    try await Self.withTables(on: server) { database in
      let work = Self.work(database)
      for id in ["a", "b", "c", "later"] { try await Self.add(id, "STARTED", 0, to: database) }
      #expect(try await work.run().tasks.imported == 4)
      // Meanwhile the old workers go on, and so do the new ones.
      try await Self.add("a", "SUCCESS", 1, to: database)
      try await Self.add("b", "RETRY", 1, to: database)
      try await Self.add("c", "FAILURE", 1, to: database)
      try await Self.add("later", "FAILURE", 1, date: "2024-12-31 00:00:00", to: database)
      try await work.backend.markAsDone("c", result: 3)
      let dry = try await work.run(dryRun: true)
      let report = try await work.run()
      #expect(dry == report)
      #expect(report.tasks.updated == 1)
      #expect(report.tasks.existing == 3)
      let metas = try await work.backend.taskMeta(for: ["a", "b", "c", "later"])
      #expect(metas.map(\.state) == [.success, .started, .success, .started])
      #expect(try metas[0].result == 1)
      #expect(try await work.run().tasks.existing == 4)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A row that the server refuses is named, and all others are brought over`(
    server: TestServer
  ) async throws {
    try await Self.withTables(on: server) { database in
      let table = CeleryTables.taskResultName
      try await database.client.query("ALTER TABLE \(identifier: table) CONVERT TO CHARACTER SET utf8mb3")
      for id in ["a", "b", "c"] { try await Self.add(id, "FAILURE", 1, to: database) }
      try await database.client.query("UPDATE celery_taskmeta SET traceback = '🎉' WHERE task_id = 'b'")
      let work = Self.work(database)
      let report = try await work.run()
      #expect(report.tasks.imported == 2)
      #expect(report.tasks.failed == 1)
      #expect(report.failures.map(\.id) == ["b"])
      let reason = report.failures.first?.reason ?? ""
      #expect(["1366", "3988"].contains { reason.contains($0) }, "\(reason)")
      #expect(try await work.run().tasks.existing == 2)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A date of zeros is none, and a row without an id is of nobody`(server: TestServer) async throws {
    try await Self.withTables(on: server) { database in
      try await database.client.withTransaction { connection in
        try await connection.query("SET SESSION sql_mode = ''")
        try await connection.query(
          "INSERT INTO celery_taskmeta (task_id, status, date_done) VALUES ('zero', 'SUCCESS', '0000-00-00 00:00:00')"
        )
        try await connection.query("INSERT INTO celery_taskmeta (task_id, status) VALUES (NULL, 'SUCCESS')")
        try await connection.query("SET SESSION sql_mode = DEFAULT")
      }
      let work = Self.work(database)
      let report = try await work.run()
      #expect(report.tasks.imported == 1)
      #expect(report.tasks.withoutID == 1)
      #expect(report.tasks.read == 2)
      #expect(try await work.backend.taskMeta(for: "zero").dateDone != nil)
      #expect(try await work.backend.taskMeta(for: "").state == .pending)
    }
  }

  private static func work(_ database: ThrowawayDatabase) -> SQLAlchemyImport {
    SQLAlchemyImport(from: database.client, to: database.backend())
  }

  /// Puts a result of an integer into the old table, or over the one that is there.
  private static func add(
    _ id: String,
    _ state: String,
    _ value: Int64,
    date: String = "2025-01-01 12:00:00",
    to database: ThrowawayDatabase
  ) async throws {
    let pickle = try Pickle.encode(.integer(value))
    try await database.client.query(
      """
      INSERT INTO celery_taskmeta (task_id, status, result, date_done) VALUES (\(id), \(state), \(pickle), \(date)) \
      ON DUPLICATE KEY UPDATE status = VALUES(status), result = VALUES(result), date_done = VALUES(date_done)
      """
    )
  }

  /// Lends a database with the tables and one of Celery's own.
  private static func withTables(
    on server: TestServer,
    collation: String? = nil,
    _ body: (ThrowawayDatabase) async throws -> Void
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      try await database.client.query(
        """
        CREATE TABLE celery_taskmeta (id INT AUTO_INCREMENT PRIMARY KEY, task_id VARCHAR(155) UNIQUE, \
        status VARCHAR(50), result BLOB, date_done DATETIME, traceback TEXT)
        """
      )
      if let collation {
        for table in ["celery_taskmeta", CeleryTables.taskResultName] {
          try await database.client.query(
            "ALTER TABLE \(identifier: table) CONVERT TO CHARACTER SET utf8mb4 COLLATE \(unescaped: collation)"
          )
        }
      }
      try await body(database)
    }
  }
}
