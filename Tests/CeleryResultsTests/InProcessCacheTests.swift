import CeleryResults
import Synchronization
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct InProcessCacheTests {
  @Test(arguments: BackendConformance.checksOfCaches)
  func `The backend on the cache in the process does what every backend must`(
    check: BackendConformance.Check
  ) async throws {
    let cache = InProcessCache()
    try await check.run { configuration in CacheBackend(cache, configuration: configuration) }
  }

  @Test func `Who waits for a group reads each value when it has changed, and not all`() async throws {
    #expect(try await CountingCache.readCount(whileWaitingFor: 200, in: InProcessCache()) == 400)
  }

  @Test func `What a cache cannot have is named with its reason`() {
    BackendConformance.reportWhatCachesLeaveOut("The backend on the cache in the process")
    #expect(BackendConformance.checksOfCaches.count > 40)
  }

  @Test func `A value expires after its time, which a new store begins anew`() async throws {
    let clock = Clock()
    let cache = InProcessCache(now: { clock.now })
    let backend = CacheBackend(cache, configuration: .init(resultExpires: .seconds(10)))
    try await backend.markAsStarted("a")
    clock.advance(by: .seconds(9))
    try await backend.markAsDone("a", result: 1)
    clock.advance(by: .seconds(9))
    #expect(try await backend.taskMeta(for: "a").state == .success)
    clock.advance(by: .seconds(1))
    #expect(try await backend.taskMeta(for: "a").state == .pending)
  }

  @Test(arguments: [nil, Duration.zero])
  func `Without a time-out nothing expires`(expires: Duration?) async throws {
    let clock = Clock()
    let cache = InProcessCache(now: { clock.now })
    let backend = CacheBackend(cache, configuration: .init(resultExpires: expires))
    try await backend.markAsDone("a", result: 1)
    clock.advance(by: .seconds(1_000_000_000))
    #expect(try await backend.taskMeta(for: "a").state == .success)
  }

  @Test func `What has expired is deleted by cleanup, and counted`() async throws {
    let clock = Clock()
    let cache = InProcessCache(now: { clock.now })
    let backend = CacheBackend(cache, configuration: .init(resultExpires: .seconds(10)))
    try await backend.markAsDone("old", result: 1)
    clock.advance(by: .seconds(6))
    try await backend.markAsDone("new", result: 1)
    clock.advance(by: .seconds(6))
    #expect(try await backend.cleanup() == CleanupResult(tasks: 1, groups: 0))
    #expect(cache.count == 1)
    #expect(try await backend.taskMeta(for: "new").state == .success)
  }

  @Test func `The value that was used least recently goes first`() async throws {
    let cache = InProcessCache(maximumEntries: 3)
    let backend = CacheBackend(cache)
    for id in ["a", "b", "c"] as [TaskID] { try await backend.markAsDone(id, result: 1) }
    _ = try await backend.taskMeta(for: "a")
    try await backend.markAsDone("d", result: 1)
    let states = try await cache.values(for: ["a", "b", "c", "d"].map { backend.key(for: $0) }).map {
      $0 != nil
    }
    #expect(states == [true, false, true, true])
    #expect(cache.count == 3)
  }

  @Test func `What is kept is Celery's dictionary`() async throws {
    let cache = InProcessCache()
    let backend = CacheBackend(
      cache,
      configuration: .init(resultExtended: true, now: { .init(timeIntervalSince1970: 1_704_164_645) }),
      globalKeyPrefix: "proj"
    )
    let request = TaskRequest(
      name: "add",
      args: .json([2]),
      kwargs: .json([:]),
      worker: "w",
      meta: ["retries": 0, "group_id": "g"]
    )
    try await backend.markAsDone("a", result: ["é": 1], request: request)
    let value = try await cache.values(for: ["proj_celery-task-meta-a"]).first ?? nil
    #expect(
      value.map { String(decoding: $0, as: UTF8.self) }
        == #"{"status": "SUCCESS", "result": {"\u00e9": 1}, "traceback": null, "children": [], "#
        + #""date_done": "2024-01-02T03:04:05+00:00", "group_id": "g", "name": "add", "args": [2], "#
        + #""kwargs": {}, "worker": "w", "retries": 0, "queue": null, "task_id": "a"}"#
    )
    let meta = try await backend.taskMeta(for: "a")
    #expect(meta.args == [2])
    #expect(try meta.meta == ["group_id": "g", "retries": 0])
  }

  @Test(arguments: ResultSerializer.all)
  func `What a backend has stored it reads, whatever serializer it is set to`(
    serializer: ResultSerializer
  ) async throws {
    let configuration = ResultBackendConfiguration(
      resultExtended: true,
      resultSerializer: serializer,
      acceptContent: [serializer.contentType]
    )
    let backend = CacheBackend(InProcessCache(), configuration: configuration)
    let reference = ResultReference("g", parent: "p", children: ["a", ResultReference("h", children: ["b"])])
    try await backend.saveGroup(reference)
    #expect(try await backend.restoreGroup("g", as: Int.self)?.reference == reference)
    let request = TaskRequest(name: "add", args: .json([2]), kwargs: .json(["k": nil]), meta: ["retries": 1])
    try await backend.markAsStarted("a", request: request)
    // What is known is merged over, in the same content type.
    try await backend.markAsDone("a", result: ["é": 1])
    let meta = try await backend.taskMeta(for: "a")
    #expect(try meta.result == ["é": 1])
    #expect(meta.args == [2])
    #expect(meta.kwargs == ["k": nil])
    #expect(try meta.meta["retries"] == 1)
  }

  @Test func `What is no result is an error that shows nothing of it, and a store replaces it`() async throws
  {
    let cache = InProcessCache()
    let backend = CacheBackend(cache)
    for bad in ["secret", "[1]", "{}", "{\"secret"] {
      try await cache.update(backend.key(for: "a"), expiringAfter: nil) { _ in Array(bad.utf8) }
      let error = await #expect(throws: ResultError.self) { try await backend.taskMeta(for: "a") }
      #expect(error?.code == .malformedContent)
      #expect(error?.description.contains("secret") == false)
      try await backend.markAsDone("a", result: 1)
      #expect(try await backend.taskMeta(for: "a").state == .success)
    }
  }

  @Test func `Watching ends with who watches`() async throws {
    let cache = InProcessCache()
    let backend = CacheBackend(cache)
    let waiting = Task { try await backend.waitUntilReady("a", deadline: nil) }
    try await backend.markAsDone("a", result: 1)
    #expect(try await waiting.value.state == .success)
    #expect(cache.watcherCount == 0)
  }

  /// A clock that stands until it is advanced.
  private final class Clock: Sendable {
    private let time = Mutex(ContinuousClock.now)
    var now: ContinuousClock.Instant { time.withLock { $0 } }
    func advance(by duration: Duration) { time.withLock { $0 += duration } }
  }
}
