import CeleryResults
import CeleryResultsRedis
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite(.enabled(if: TestServer.isRedisThere, TestServer.missing), .fewAtATime)
struct RedisCacheTests {
  @Test func `A result is Celery's dictionary, and expires`() async throws {
    let redis = try RedisTestCache()
    let backend = redis.backend(
      .init(resultExpires: .seconds(1), now: { .init(timeIntervalSince1970: 1_704_164_645.5) })
    )
    try await backend.markAsDone("a", result: ["é": 1])
    #expect(
      try await redis.value(of: "a")
        == #"{"status": "SUCCESS", "result": {"\u00e9": 1}, "traceback": null, "children": null, "#
        + #""date_done": "2024-01-02T03:04:05.500000+00:00", "task_id": "a"}"#
    )
    // Expiring is up to the server: this ends when it has.
    while try await redis.value(of: "a") != nil { try await Task.sleep(for: .milliseconds(50)) }
    #expect(try await backend.taskMeta(for: "a").state == .pending)
    try await redis.end()
  }

  @Test func `Of many that change a key at once each sees the one before`() async throws {
    let redis = try RedisTestCache { $0.maximumConnections = 6 }
    let key = redis.prefix + "counter"
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<60 {
        group.addTask {
          try await redis.cache.update(key, expiringAfter: .seconds(60)) { old in
            let count = old.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
            return Array("\(count + 1)".utf8)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await redis.cache.values(for: [key]) == [Array("60".utf8)])
    try await redis.end()
  }

  @Test func `SUCCESS survives any number of late states at once`() async throws {
    let redis = try RedisTestCache()
    let backend = redis.backend()
    for number in 0..<10 {
      let id = TaskID("task-\(number)")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask { try await backend.markAsStarted(id) }
          group.addTask { try await backend.markAsRetry(id) }
        }
        group.addTask { try await backend.markAsDone(id, result: number) }
        try await group.waitForAll()
      }
      #expect(try await AsyncResult(id, as: Int.self, backend: backend).get(timeout: .zero) == number)
    }
    try await redis.end()
  }

  @Test func `An error in a change reaches the caller, and the connection goes on`() async throws {
    struct Refusal: Error {}
    let redis = try RedisTestCache { $0.maximumConnections = 1 }
    for _ in 0..<3 {
      await #expect(throws: Refusal.self) {
        try await redis.cache.update(redis.prefix + "a", expiringAfter: nil) { _ in throw Refusal() }
      }
    }
    try await redis.backend().markAsDone("a", result: 1)
    #expect(try await redis.backend().taskMeta(for: "a").state == .success)
    try await redis.end()
  }

  @Test func `A connection that the server has closed is replaced`() async throws {
    let redis = try RedisTestCache { $0.maximumConnections = 1 }
    let backend = redis.backend()
    try await backend.markAsDone("a", result: 1)
    for _ in 0..<3 {
      try redis.killConnections(ofType: "normal")
      #expect(try await backend.taskMeta(for: "a").state == .success)
    }
    try await redis.end()
  }

  @Test func `Who waits is woken by a store, also after the connection was lost`() async throws {
    let redis = try RedisTestCache()
    let backend = redis.backend(.init(pollingInterval: .seconds(3600)))
    let waiting = Task { try await AsyncResult("a", as: Int.self, backend: backend).get() }
    while await redis.cache.channelCount == 0 { await Task.yield() }
    try redis.killConnections(ofType: "pubsub")
    try await backend.markAsDone("a", result: 5)
    #expect(try await waiting.value == 5)
    while await redis.cache.channelCount > 0 { await Task.yield() }
    try await redis.end()
  }

  @Test func `A group's members are waited for on one connection`() async throws {
    let redis = try RedisTestCache()
    let backend = redis.backend(.init(pollingInterval: .seconds(3600)))
    let ids = (0..<200).map { TaskID("member-\($0)") }
    let group = GroupResult<Int>("g", members: ids.map { ResultReference($0) }, backend: backend)
    async let values = group.get(timeout: .seconds(3_600))
    for (number, id) in ids.enumerated() { try await backend.markAsDone(id, result: number) }
    #expect(try await values == Array(0..<200))
    try await redis.end()
  }

  @Test func `Who waits for a group reads each value when it has changed, and not all`() async throws {
    let redis = try RedisTestCache()
    let count = try await CountingCache.readCount(
      whileWaitingFor: 200,
      in: redis.cache,
      globalKeyPrefix: redis.prefix
    )
    #expect(count == 400)
    try await redis.end()
  }

  @Test func `A wrong password is refused, and shows nowhere`() async throws {
    let redis = try RedisTestCache(change: { $0.password = "hunter2" })
    let error = await #expect(throws: RedisError.self) { try await redis.backend().taskMeta(for: "a") }
    #expect(error?.code == .loginRefused)
    #expect(error.map { String(reflecting: $0).contains("hunter2") } == false)
    let waiting = await #expect(throws: RedisError.self) {
      try await AsyncResult("a", as: Int.self, backend: redis.backend()).get(timeout: .seconds(3_600))
    }
    #expect(waiting?.code == .loginRefused)
  }

  @Test func `Without a password the server says what is missing`() async throws {
    let redis = try RedisTestCache { $0.password = nil }
    let error = await #expect(throws: RedisError.self) { try await redis.backend().taskMeta(for: "a") }
    #expect(error?.code == .loginRefused)
  }

  @Test func `No server is an error that names the place`() async throws {
    let redis = try RedisTestCache { $0.port = 1 }
    let backend = redis.backend(.init(retryPolicy: .none))
    let error = await #expect(throws: RedisError.self) { try await backend.taskMeta(for: "a") }
    #expect(error?.code == .connectionFailed)
    #expect(error?.isTransient == true)
    #expect(error?.description.contains("127.0.0.1:1") == true)
  }

  @Test func `Another database has other keys`() async throws {
    let redis = try RedisTestCache()
    try await redis.backend().markAsDone("a", result: 1)
    let other = try RedisTestCache { $0.database = 5 }
    let backend = CacheBackend(other.cache, globalKeyPrefix: redis.prefix)
    #expect(try await backend.taskMeta(for: "a").state == .pending)
    try await redis.end()
    try await other.end()
  }

  @Test func `A server that does not answer is given up in time`() async throws {
    let server = try SilentServer()
    let cache = RedisCache(
      try RedisConfiguration(url: "redis://:secret@127.0.0.1:\(server.port)?socket_connect_timeout=0.1")
    )
    let backend = CacheBackend(cache, configuration: .init(retryPolicy: .none))
    let error = await #expect(throws: RedisError.self) { try await backend.taskMeta(for: "a") }
    #expect(error?.code == .timeout)
  }

  @Test func `Cancelling ends a call that waits for a connection, and one that waits for the server`()
    async throws
  {
    let server = try SilentServer()
    let cache = RedisCache(
      try RedisConfiguration(
        url: "redis://:secret@127.0.0.1:\(server.port)?socket_connect_timeout=3600&max_connections=1"
      )
    )
    let calls = (0..<3).map { _ in Task { try await CacheBackend(cache).taskMeta(for: "a") } }
    for call in calls.reversed() {
      call.cancel()
      await #expect(throws: CancellationError.self) { try await call.value }
    }
  }

  @Test func `A right that is missing is named`() async throws {
    let redis = try RedisTestCache(rights: "+@all -publish")
    let error = await #expect(throws: RedisError.self) {
      try await redis.backend().markAsDone("a", result: 1)
    }
    #expect(error?.code == .refused)
    #expect(error?.description.contains("publish") == true)
    #expect(try await redis.backend().taskMeta(for: "a").state == .pending)
    try await redis.end()
  }

  @Test func `After a shutdown everybody gets an error, those who wait included`() async throws {
    let redis = try RedisTestCache()
    let backend = redis.backend()
    let waiting = Task { try await AsyncResult("a", as: Int.self, backend: backend).get() }
    while await redis.cache.channelCount == 0 { await Task.yield() }
    await redis.cache.shutDown()
    let error = await #expect(throws: RedisError.self) { try await waiting.value }
    #expect(error?.code == .clientShutdown)
    let later = await #expect(throws: RedisError.self) { try await backend.taskMeta(for: "a") }
    #expect(later?.code == .clientShutdown)
    try await redis.end()
  }
}
