import CeleryResults
import CeleryResultsRedis
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.isRedisThere, TestServer.missing), .fewAtATime)
struct RedisConformanceTests {
  @Test(arguments: BackendConformance.checksOfCaches)
  func `The backend on Redis does what every backend must`(check: BackendConformance.Check) async throws {
    let redis = try RedisTestCache()
    try await check.run { configuration in redis.backend(configuration) }
    try await redis.end()
  }

  @Test func `What Redis cannot have is named with its reason`() {
    BackendConformance.reportWhatCachesLeaveOut("The backend on Redis")
    #expect(BackendConformance.checksOfCaches.count > 40)
  }
}
