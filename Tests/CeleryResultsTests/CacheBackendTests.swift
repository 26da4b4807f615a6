import CeleryResults
import Synchronization
import TestSupport
import Testing

/// What the backend does with what a cache holds, and with a cache that fails.
@Suite struct CacheBackendTests {
  /// A pickle that Python can write and only Python can hold: a dictionary with SUCCESS, and a list that contains
  /// itself.
  private static let unreadable: [UInt8] =
    [0x80, 4] + Array("}(X\u{6}\0\0\0statusX\u{7}\0\0\0SUCCESSX\u{6}\0\0\0result]q\0h\0au.".utf8)

  @Test(arguments: [TaskState.started, .retry, .failure, .revoked, "PROGRESS"])
  func `What may be a SUCCESS stays when it cannot be read`(state: TaskState) async throws {
    let cache = TestCache(.pickle)
    let backend = CacheBackend(cache)
    try await cache.set(Self.unreadable, for: backend.key(for: "a"))
    let error = await #expect(throws: ResultError.self) {
      try await backend.storeResult(1, for: "a", state: state)
    }
    #expect(error?.code == .malformedContent)
    #expect(try await cache.values(for: [backend.key(for: "a")]) == [Self.unreadable])
  }

  @Test func `A SUCCESS replaces what cannot be read, and so does the last write where it wins`() async throws
  {
    for (policy, state) in [
      (ResultBackendConfiguration.StorePolicy.protectsSuccess, TaskState.success), (.lastWriteWins, .started),
    ] {
      let cache = TestCache(.pickle)
      let backend = CacheBackend(cache, configuration: .init(storePolicy: policy))
      try await cache.set(Self.unreadable, for: backend.key(for: "a"))
      try await backend.storeResult(1, for: "a", state: state)
      #expect(try await backend.taskMeta(for: "a").state == state)
    }
  }

  @Test(arguments: ["1", #"{"result": 1, "args": [1]}"#])
  func `Whatever comes replaces what can be read and is no result`(text: String) async throws {
    let cache = TestCache(.json)
    let backend = CacheBackend(cache)
    try await cache.set(Array(text.utf8), for: backend.key(for: "a"))
    try await backend.markAsStarted("a")
    let meta = try await backend.taskMeta(for: "a")
    #expect(meta.state == .started)
    #expect(meta.args == nil)
  }

  @Test func `Arguments and children stay as Python has pickled them`() async throws {
    let span = try #require(PythonTimedelta(days: 1, seconds: 2))
    let args: PythonValue = .tuple([.set(PythonSet([1, 2])), .timedelta(span)])
    let kwargs: PythonValue = ["delay": .timedelta(span)]
    let children: PythonValue = [.tuple([.tuple(["c", nil]), nil])]
    let started: PythonObject = [
      "status": "STARTED", "result": nil, "traceback": nil, "children": children, "date_done": nil,
      "name": "shop.charge", "args": args, "kwargs": kwargs, "worker": "w", "retries": 1, "queue": "q",
      "group_id": "g", "own": .set(PythonSet([3])), "task_id": "a",
    ]
    let cache = TestCache(.pickle)
    let backend = CacheBackend(cache)
    try await cache.set(try Pickle.encode(.object(started)), for: backend.key(for: "a"))
    try await backend.markAsDone("a", result: 5)
    let bytes = try #require(try await cache.values(for: [backend.key(for: "a")])[0])
    let done = try Pickle.decode(bytes)
    for key in ["children", "name", "args", "kwargs", "worker", "retries", "queue", "group_id", "own"]
      as [PythonString]
    {
      #expect(done[key] == started[key], "\(key)")
    }
    #expect(done["result"] == 5)
  }

  @Test func `One that cannot be read does not keep the others from being read`() async throws {
    let cache = TestCache(.pickle)
    let backend = CacheBackend(cache)
    for id in ["a", "c"] as [TaskID] { try await backend.markAsDone(id, result: 1) }
    try await cache.set(Self.unreadable, for: backend.key(for: "b"))
    let metas = try await backend.taskMeta(for: ["a", "b", "c", "d"])
    #expect(metas.map(\.state) == [.success, .failure, .success, .pending])
    #expect(try metas[2].result == 1)
    let error = #expect(throws: ResultError.self) { try metas[1].result }
    #expect(error?.code == .malformedContent)
    #expect(metas[1].failure?.code == .malformedContent)
    let alone = await #expect(throws: ResultError.self) { try await backend.taskMeta(for: "b") }
    #expect(alone?.code == .malformedContent)

    let told = InProcessCache()
    let waiting = CacheBackend(told)
    var results = waiting.readyResults(of: ["a", "b"], deadline: .now + .seconds(300)).makeAsyncIterator()
    try await waiting.markAsDone("a", result: 1)
    #expect(try await results.next()?.map(\.id) == ["a"])
    try await told.update(waiting.key(for: "b"), expiringAfter: nil) { _ in Array("no JSON".utf8) }
    #expect(try await results.next()?.map(\.state) == [.failure])
    #expect(try await results.next() == nil)
  }

  // MARK: - Retries

  @Test func `What may be done twice is tried again, as the policy says`() async throws {
    let cache = TestCache(.json)
    let policy = RetryPolicy(maxRetries: 3, baseSleepBetweenRetries: .zero, timeLimit: nil)
    let backend = CacheBackend(cache, configuration: .init(retryPolicy: policy))
    cache.fail(times: 3)
    try await backend.markAsDone("a", result: 1)
    cache.fail(times: 3)
    #expect(try await backend.taskMeta(for: "a").state == .success)
    cache.fail(times: 3)
    try await backend.saveGroup(ResultReference("g", children: ["a"]))
    cache.fail(times: 3)
    #expect(try await backend.restoreGroup("g", as: Int.self) != nil)
    cache.fail(times: 3)
    try await backend.forget("a")
    cache.fail(times: 4)
    await #expect(throws: TestCache.Down.self) { try await backend.taskMeta(for: "a") }
    #expect(try await backend.taskMeta(for: "a").state == .pending)
  }

  @Test func `Without retries, and where a second time would say something else, it fails at once`()
    async throws
  {
    let cache = TestCache(.json)
    let hasty = CacheBackend(cache, configuration: .init(retryPolicy: .none))
    cache.fail(times: 1)
    await #expect(throws: TestCache.Down.self) { try await hasty.markAsDone("a", result: 1) }
    let patient = CacheBackend(cache, configuration: .init(retryPolicy: RetryPolicy(maxRetries: 3)))
    try await patient.saveGroup(ResultReference("g", children: ["a"]))
    cache.fail(times: 1)
    await #expect(throws: TestCache.Down.self) { try await patient.deleteGroup("g") }
    try await patient.deleteGroup("g")
  }

  @Test func `Results may be kept for longer than any calendar goes`() async throws {
    let cache = TestCache(.json)
    let backend = CacheBackend(cache, configuration: .init(resultExpires: .seconds(Int64.max)))
    try await backend.markAsDone("a", result: 1)
    #expect(cache.lastExpiry.map { $0 < .seconds(100_000_000_000) } == true)
  }
}

/// A cache in the process that holds what it is told, and fails when it is told to.
final class TestCache: ResultCache {
  /// The cache does not answer.
  struct Down: Error {}

  let contentType: ContentType
  private let cache = InProcessCache()
  private let failures = Mutex(0)
  private let expiry = Mutex<Duration?>(nil)

  init(_ contentType: ContentType) {
    self.contentType = contentType
  }

  /// After what time the last value was to expire.
  var lastExpiry: Duration? { expiry.withLock { $0 } }

  func fail(times: Int) { failures.withLock { $0 = times } }

  func set(_ value: [UInt8], for key: String) async throws {
    try await cache.update(key, expiringAfter: nil) { _ in value }
  }

  /// Done all the same, as when the answer is lost.
  private func answer<Value>(_ value: Value) throws -> Value {
    try failures.withLock { failures in
      guard failures > 0 else { return }
      failures -= 1
      throw Down()
    }
    return value
  }

  func values(for keys: [String]) async throws -> [[UInt8]?] {
    try answer(try await cache.values(for: keys))
  }

  func update(
    _ key: String,
    expiringAfter expiry: Duration?,
    _ change: @Sendable ([UInt8]?) throws -> [UInt8]?
  ) async throws {
    self.expiry.withLock { $0 = expiry }
    try answer(try await cache.update(key, expiringAfter: expiry, change))
  }

  func removeValue(for key: String) async throws -> Bool {
    try answer(())
    return try await cache.removeValue(for: key)
  }

  func isTransient(_ error: any Error) -> Bool { error is Down }
}
