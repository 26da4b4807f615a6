public import MariaDBClient
import Testing

/// A database of a test's own, which is dropped when the test has ended.
public struct ThrowawayDatabase: Sendable {
  /// How to connect to it.
  public let configuration: MariaDBConnection.Configuration
  /// The URL of it, with the password.
  public let url: String
  /// A client for it.
  public let client: MariaDBClient

  /// Makes a database, lends it, and drops it.
  ///
  /// - Parameters:
  ///   - server: The server that it is made on.
  ///   - characterSet: The database's character set; the collation is the server's default for it.
  ///   - body: What needs the database.
  public static func with<Result>(
    on server: TestServer?,
    characterSet: String = "utf8mb4",
    _ body: (ThrowawayDatabase) async throws -> Result
  ) async throws -> Result {
    let server = try #require(server, TestServer.missing)
    let name = "celery_test_" + String(UInt64.random(in: .min ... .max), radix: 36)
    var configuration = try server.configuration()
    let administrator = try await MariaDBConnection.connect(configuration)
    try await administrator.query(
      "CREATE DATABASE \(identifier: name) CHARACTER SET \(unescaped: characterSet)"
    )
    configuration.database = name
    let client = MariaDBClient(configuration: .init(configuration))
    // The last part of the URL is the database.
    let url = server.url.prefix(through: server.url.lastIndex(of: "/") ?? server.url.startIndex) + name
    let database = ThrowawayDatabase(configuration: configuration, url: String(url), client: client)
    do {
      let result = try await body(database)
      await database.drop(name, administrator)
      return result
    } catch {
      await database.drop(name, administrator)
      throw error
    }
  }

  private func drop(_ name: String, _ administrator: MariaDBConnection) async {
    await client.shutDown()
    // In a task of its own: a test that was cancelled leaves nothing behind either.
    await Task { _ = try? await administrator.query("DROP DATABASE \(identifier: name)") }.value
    await administrator.close()
  }
}
