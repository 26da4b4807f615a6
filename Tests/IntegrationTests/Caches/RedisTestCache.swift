import CeleryResults
import TestSupport
import Testing

@testable import CeleryResultsRedis

/// A cache on the tests' Redis with a user and a key prefix of its own.
struct RedisTestCache {
  let cache: RedisCache
  let prefix = "test-\(TaskID.random()):"
  private let administrator: RedisConfiguration
  private let user = "user-\(TaskID.random())"

  init(rights: String = "+@all", change: (inout RedisConfiguration) -> Void = { _ in }) throws {
    let server = try #require(TestServer.redis70, TestServer.missing)
    administrator = try RedisConfiguration(url: server.url)
    var configuration = administrator
    configuration.username = user
    configuration.password = "secret"
    change(&configuration)
    cache = RedisCache(configuration)
    try administrate(
      "ACL",
      ["SETUSER", user, "on", ">secret", "~*", "&*"] + rights.split(separator: " ").map(String.init)
    )
  }

  func backend(_ configuration: ResultBackendConfiguration = .init()) -> CacheBackend {
    CacheBackend(cache, configuration: configuration, globalKeyPrefix: prefix)
  }

  /// The text that is kept of a task.
  func value(of id: TaskID) async throws -> String? {
    let values = try await cache.values(for: [backend().key(for: id)])
    return values[0].map { String(decoding: $0, as: UTF8.self) }
  }

  /// Has the server close this cache's connections of one type, `normal` or `pubsub`.
  func killConnections(ofType type: String) throws {
    try administrate("CLIENT", ["KILL", "TYPE", type, "USER", user])
  }

  /// Closes the connections and removes the user.
  func end() async throws {
    await cache.shutDown()
    try administrate("ACL", ["DELUSER", user])
  }

  private func administrate(_ name: String, _ arguments: [String]) throws {
    let handle = try RedisHandle(administrator)
    try handle.logIn()
    _ = try handle.send([RedisCommand(name, arguments.map { Array($0.utf8) })])
  }
}
