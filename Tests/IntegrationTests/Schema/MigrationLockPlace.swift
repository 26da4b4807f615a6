import MariaDBClient
import ResultSchema
import TestSupport
import Testing

/// Where migrations meet: a database on one server, or the same one on each node of the Galera cluster.
struct MigrationLockPlace: Sendable, CustomTestStringConvertible {
  let servers: [TestServer]

  var testDescription: String { servers.map(\.name).joined(separator: ", ") }

  /// The four servers.
  static let single = TestServer.all.map { MigrationLockPlace(servers: [$0]) }
  /// The cluster.
  static let cluster = MigrationLockPlace(servers: TestServer.galera)
  /// All of them.
  static let all = single + [cluster]
  /// The tables of a database that was migrated, sorted.
  static let tables = (CeleryTables.namesWithChord + ["django_migrations"]).sorted()

  /// Makes a database, and lends it as each of the nodes sees it.
  func withDatabase<Result>(_ body: (ThrowawayDatabase, [Node]) async throws -> Result) async throws -> Result
  {
    try await ThrowawayDatabase.with(on: servers.first) { database in
      let name = try #require(database.configuration.database)
      let nodes = try servers.map { try Node($0, database: name) }
      for node in nodes { try await node.waitForDatabase() }
      return try await body(database, nodes)
    }
  }

  /// The database as one node sees it.
  struct Node: Sendable {
    let name: String
    let url: String
    let configuration: MariaDBConnection.Configuration

    init(_ server: TestServer, database: String) throws {
      name = server.name
      url = server.url.prefix(through: server.url.lastIndex(of: "/") ?? server.url.startIndex) + database
      configuration = try MariaDBConnection.Configuration(url: url)
    }

    /// Lends a connection.
    func withConnection<Result>(_ body: (MariaDBConnection) async throws -> Result) async throws -> Result {
      let connection = try await MariaDBConnection.connect(configuration)
      do {
        let result = try await body(connection)
        await connection.close()
        return result
      } catch {
        await connection.close()
        throw error
      }
    }

    /// The names of all tables, after all that the other nodes have done.
    func tables() async throws -> [String] {
      try await withConnection { connection in
        if name.hasPrefix("galera") { try await connection.query("SET SESSION wsrep_sync_wait = 15") }
        return try await connection.query("SHOW TABLES").rows.map { try $0.decode(String.self, at: 0) }
          .sorted()
      }
    }

    /// A node follows the others with a small delay.
    func waitForDatabase() async throws {
      while true {
        do throws(MariaDBError) {
          try ConnectionHandle(configuration).close()
          return
        } catch {
          guard error.code == .unknownDatabase else { throw error }
        }
        try await Task.sleep(for: .milliseconds(10))
      }
    }
  }
}
