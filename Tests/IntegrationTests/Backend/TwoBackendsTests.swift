import CeleryResults
import CeleryResultsMariaDB
import CeleryResultsRedis
import Subprocess
import SystemPackage
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere && TestServer.isRedisThere, TestServer.missing), .fewAtATime)
struct TwoBackendsTests {
  @Test func `README's example keeps the result of one task in Redis and that of the other in MariaDB`()
    async throws
  {
    let redis = try #require(TestServer.redis70, TestServer.missing)
    try await ThrowawayDatabase.withTables(on: .mariadb1011) { database in
      let folder = FilePath(try Tool.path()).removingLastComponent()
      let run = try await Subprocess.run(
        .path(folder.appending("TwoBackends")),
        environment: .custom(["REDIS_URL": redis.url, "DATABASE_URL": database.url]),
        output: .string(limit: 1 << 20),
        error: .string(limit: 1 << 20)
      )
      #expect(run.standardError == "")
      #expect(run.terminationStatus == .exited(0))
      let lines = #"proj.mail.send ["rows": 42]"# + "\n" + #"proj.reports.monthly ["rows": 42]"# + "\n"
      #expect(run.standardOutput == lines)
      let ids: [TaskID] = ["7e3c0c4e", "91ab2"]
      let inDatabase = database.backend()
      #expect(try await inDatabase.taskMeta(for: ids).map(\.state) == [.pending, .success])
      await inDatabase.shutDown()
      let cache = try RedisCache(url: redis.url)
      let inRedis = CacheBackend(cache)
      #expect(try await inRedis.taskMeta(for: ids).map(\.state) == [.success, .pending])
      for id in ids { try await inRedis.forget(id) }
      await cache.shutDown()
    }
  }
}
