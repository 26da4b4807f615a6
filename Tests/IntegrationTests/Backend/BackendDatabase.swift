import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import ResultSchema
import SchemaMigrations
import TestSupport

extension ThrowawayDatabase {
  /// Makes a database with the tables, lends it, and drops it.
  static func withTables<Result>(
    on server: TestServer?,
    taskIDMaxLength: TaskIDMaxLength = .standard,
    _ body: (ThrowawayDatabase) async throws -> Result
  ) async throws -> Result {
    try await with(on: server) { database in
      try await database.migrate(taskIDMaxLength: taskIDMaxLength)
      return try await body(database)
    }
  }

  /// Makes the tables.
  func migrate(taskIDMaxLength: TaskIDMaxLength = .standard) async throws {
    let options = Migrator.Options(taskIDMaxLength: taskIDMaxLength)
    _ = try await Migrator(connection: configuration, options: options).migrate()
  }

  /// A backend on the database.
  func backend(
    _ configuration: ResultBackendConfiguration = .init(),
    maximumConnections: Int = 8
  ) -> DatabaseBackend {
    var pool = PoolConfiguration(maximumConnections: maximumConnections)
    // No test depends on the machine being fast.
    pool.acquireTimeout = .seconds(600)
    return DatabaseBackend(client: .init(self.configuration, pool: pool), configuration: configuration)
  }

  /// The AUTO_INCREMENT value that the next row of a table will get.
  func nextID(of table: String = CeleryTables.taskResultName) async throws -> Int {
    let row = try await client.query("SHOW CREATE TABLE \(identifier: table)").rows[0]
    let text = try row.decode(String.self, at: 1)
    let number = text.split(separator: "AUTO_INCREMENT=").dropFirst().first?.prefix { $0.isNumber }
    return number.flatMap { Int($0) } ?? 1
  }
}
