import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import ResultSchema
import SchemaMigrations
import TestSupport
import Testing

/// The rights that README names are enough, and no more are needed than it names.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct GrantsTests {
  static let migrating = "CREATE, DROP, SELECT, INSERT"
  static let upgrading = "CREATE, ALTER, DROP, SELECT, INSERT, UPDATE"
  static let storing = "SELECT, INSERT, UPDATE, DELETE"

  /// Makes a user with some rights on the database, lends it, and drops it.
  func withUser(
    _ rights: String,
    on database: ThrowawayDatabase,
    _ body: (MariaDBConnection.Configuration) async throws -> Void
  ) async throws {
    let name = "u" + String(UInt64.random(in: .min ... .max), radix: 36)
    let administrator = try await MariaDBConnection.connect(database.configuration)
    let user = "'\(name)'@'127.0.0.1'"
    try await administrator.run { handle in
      try handle.query(text: "CREATE USER \(user) IDENTIFIED BY 'secret'")
      try handle.query(text: "GRANT \(rights) ON \(database.configuration.database ?? "").* TO \(user)")
    }
    var configuration = database.configuration
    configuration.username = name
    configuration.password = "secret"
    let outcome: Result<Void, any Error>
    do {
      try await body(configuration)
      outcome = .success(())
    } catch { outcome = .failure(error) }
    _ = try await administrator.run { try $0.query(text: "DROP USER \(user)") }
    await administrator.close()
    try outcome.get()
  }

  @Test(arguments: TestServer.all)
  func `The rights of the migrating user are enough`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      try await withUser(Self.migrating, on: database) { configuration in
        let report = try await Migrator(connection: configuration).migrate()
        #expect(report.tablesMade.count == 4)
      }
    }
  }

  @Test(arguments: TestServer.all)
  func `The rights of the migrating user are enough for tables of the first level`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      _ = try await Migrator(connection: database.configuration, options: .init(level: .initial)).migrate()
      try await withUser(Self.upgrading, on: database) { configuration in
        let report = try await Migrator(connection: configuration).migrate()
        #expect(report.recorded.count == 13)
      }
    }
  }

  @Test(arguments: ["ALTER", "UPDATE"])
  func `Tables of the first level need each of the rights that a fresh database does not`(
    missing: String
  ) async throws {
    try await ThrowawayDatabase.with(on: .mariadb1011) { database in
      _ = try await Migrator(connection: database.configuration, options: .init(level: .initial)).migrate()
      let table = CeleryTables.taskResult(at: .initial, taskIDMaxLength: 255).name
      try await database.client.query(
        """
        INSERT INTO \(identifier: table) (task_id, status, content_type, content_encoding, date_done, hidden)
        VALUES ('a', 'SUCCESS', 'application/json', 'utf-8', NOW(6), 0)
        """
      )
      let rights = Self.upgrading.split(separator: ", ").filter { $0 != missing }.joined(separator: ", ")
      try await withUser(rights, on: database) { configuration in
        let error = await #expect(throws: MigrationError.self) {
          try await Migrator(connection: configuration).migrate()
        }
        #expect(error?.cause?.code == .accessDenied)
      }
      let report = try await Migrator(connection: database.configuration).migrate()
      #expect(report.level == .newest)
    }
  }

  @Test(arguments: ["CREATE", "SELECT", "INSERT"])
  func `The migrating user needs each of them`(missing: String) async throws {
    try await ThrowawayDatabase.with(on: .mariadb1011) { database in
      let rights = Self.migrating.split(separator: ", ").filter { $0 != missing }.joined(separator: ", ")
      try await withUser(rights, on: database) { configuration in
        let error = await #expect(throws: (any Error).self) {
          try await Migrator(connection: configuration).migrate()
        }
        let cause = (error as? MigrationError)?.cause ?? error as? MariaDBError
        #expect(cause?.code == .accessDenied)
      }
    }
  }

  @Test(arguments: TestServer.all)
  func `The rights of the storing user are enough`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      try await withUser(Self.storing, on: database) { configuration in
        let backend = DatabaseBackend(client: .init(configuration))
        try await backend.markAsStarted("t")
        try await backend.markAsDone("t", result: 1)
        #expect(try await AsyncResult("t", as: Int.self, backend: backend).get(timeout: .zero) == 1)
        #expect(try await backend.listResults(matching: .init()).results.count == 1)
        try await backend.forget("t")
        try await backend.markAsDone("u", result: 2)
        #expect(try await backend.cleanup(olderThan: .seconds(-60)).tasks == 1)
        await backend.shutDown()
      }
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A user may stop queries of its own without a further right`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      try await withUser("SELECT", on: database) { configuration in
        var configuration = configuration
        configuration.queryTimeout = .milliseconds(100)
        let connection = try await MariaDBConnection.connect(configuration)
        let endless = CancellationTests.endless
        let error = await #expect(throws: MariaDBError.self) {
          try await connection.query("\(unescaped: endless)")
        }
        #expect(error?.code == .queryTimeout)
        #expect(try await connection.query("SELECT 1").rows.count == 1)
        await connection.close()
      }
    }
  }
}
