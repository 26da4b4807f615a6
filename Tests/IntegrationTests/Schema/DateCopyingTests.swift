import MariaDBClient
import ResultSchema
import SchemaMigrations
import TestSupport
import Testing

/// The copying of date_done to date_created, which the catalogue cannot show.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct DateCopyingTests {
  private let table = "django_celery_results_taskresult"

  /// The rows as Django leaves them that was killed between its ALTER TABLE and its UPDATE.
  private func halfDone(_ database: ThrowawayDatabase) async throws {
    var options = Migrator.Options()
    options.level = .taskResultWorker
    _ = try await Migrator(connection: database.configuration, options: options).migrate()
    let connection = try await MariaDBConnection.connect(database.configuration)
    try await connection.run { handle in
      try handle.query(text: "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO'")
      for id in [-5, 0, 3, 4, 7, 8, 9] {
        try handle.query(
          """
          INSERT INTO django_celery_results_taskresult
            (id, task_id, status, content_type, content_encoding, date_done, hidden)
          VALUES (\(id), \("task \(id)"), 'SUCCESS', 'application/json', 'utf-8',
            '2020-01-01' + INTERVAL \(id) MINUTE, 0)
          """
        )
      }
      try handle.query(
        text:
          "ALTER TABLE \(table) ADD COLUMN date_created datetime(6) NOT NULL DEFAULT '2024-05-05 05:05:05'"
      )
    }
    await connection.close()
  }

  private func rowsNotCopied(_ database: ThrowawayDatabase) async throws -> Int {
    try await database.client.query(
      "SELECT COUNT(*) FROM django_celery_results_taskresult WHERE date_created <> date_done"
    ).rows[0].decode(at: 0)
  }

  @Test(arguments: TestServer.oneOfEach, [0, 3, 7, 9])
  func `Interrupted at any row it is finished by the next, ids below 1 included`(
    server: TestServer,
    stop: Int
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      try await halfDone(database)
      let connection = try await MariaDBConnection.connect(database.configuration)
      try await connection.run { handle in
        try handle.query(
          text: """
            CREATE TRIGGER stop BEFORE UPDATE ON \(table) FOR EACH ROW
            BEGIN IF NEW.id = \(stop) THEN SIGNAL SQLSTATE '45000'; END IF; END
            """
        )
        #expect(throws: MariaDBError.self) { try DateCopying(portion: 2).run(handle) { _ in } }
        try handle.query(text: "DROP TRIGGER stop")
      }
      #expect(try await rowsNotCopied(database) > 0)
      let copied = try await connection.run { try DateCopying(portion: 2).run($0) { _ in } }
      #expect(copied > 0)
      #expect(try await rowsNotCopied(database) == 0)
      await connection.close()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `The SQL that is printed fills what Django had left`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      try await halfDone(database)
      let sql = try await Tool(database).run("migrate", "--sql").output
      let connection = try await MariaDBConnection.connect(database.configuration)
      try await connection.run { handle in
        for statement in sql.split(separator: ";\n") { try handle.query(text: String(statement)) }
      }
      await connection.close()
      #expect(try await rowsNotCopied(database) == 0)
      #expect(try await database.ledger().count == 14)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Rows that were stored meanwhile keep their dates`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      try await halfDone(database)
      try await database.client.query(
        """
        UPDATE django_celery_results_taskresult SET date_created = '2024-06-01', date_done = '2024-05-31 23:59:59'
        WHERE id = 8
        """
      )
      _ = try await Migrator(connection: database.configuration).migrate()
      let kept: Int = try await database.client.query(
        "SELECT COUNT(*) FROM django_celery_results_taskresult WHERE date_created = '2024-06-01'"
      ).rows[0].decode(at: 0)
      #expect(kept == 1)
      #expect(try await rowsNotCopied(database) == 1)
    }
  }
}
