import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import ResultSchema
import SchemaMigrations
import Synchronization
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct DjangoDatabaseCacheTests {
  @Test(arguments: TestServer.oneOfEach, BackendConformance.checksOfCaches)
  func `The backend on Django's cache table does what every backend must`(
    server: TestServer,
    check: BackendConformance.Check
  ) async throws {
    try await Self.withCache(on: server) { cache, _ in
      try await check.run { configuration in CacheBackend(cache, configuration: configuration) }
    }
  }

  @Test func `What Django's cache table cannot have is named with its reason`() {
    BackendConformance.reportWhatCachesLeaveOut("The backend on Django's cache table")
    #expect(BackendConformance.checksOfCaches.count > 40)
  }

  @Test(arguments: TestServer.all)
  func `Many stores of new and of the same tasks at once are all kept`(server: TestServer) async throws {
    try await Self.withCache(on: server) { cache, _ in
      let backend = CacheBackend(cache)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<300 {
          group.addTask { try await backend.markAsStarted(TaskID("task-\(number % 30)")) }
          group.addTask { try await backend.markAsDone(TaskID("task-\(number % 30)"), result: number % 30) }
        }
        try await group.waitForAll()
      }
      let metas = try await backend.taskMeta(for: (0..<30).map { TaskID("task-\($0)") })
      #expect(try metas.map { try $0.value(as: Int.self) } == Array(0..<30))
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A store whose connection is killed is done on another one`(server: TestServer) async throws {
    try await Self.withCache(on: server) { cache, database in
      let backend = CacheBackend(cache, configuration: .init(retryPolicy: RetryPolicy(timeLimit: nil)))
      try await backend.markAsStarted("a")
      let storing = try await database.client.withTransaction { other in
        try await other.query("SELECT value FROM cache FOR UPDATE")
        let storing = Task { try await backend.markAsDone("a", result: 1) }
        let victim = try await Self.connectionThatWaits(database)
        try await database.client.query("KILL \(unescaped: "\(victim)")")
        return storing
      }
      try await storing.value
      #expect(try await backend.taskMeta(for: "a").result == 1)

      let hasty = CacheBackend(cache, configuration: .init(retryPolicy: .none))
      let failing = try await database.client.withTransaction { other in
        try await other.query("SELECT value FROM cache FOR UPDATE")
        let failing = Task { try await hasty.markAsDone("a", result: 2) }
        let victim = try await Self.connectionThatWaits(database)
        try await database.client.query("KILL \(unescaped: "\(victim)")")
        return failing
      }
      let error = await #expect(throws: MariaDBError.self) { try await failing.value }
      #expect(error?.code == .connectionLost)
    }
  }

  /// Waits until a store waits for a row that is locked, and gives the number of its connection.
  private static func connectionThatWaits(_ database: ThrowawayDatabase) async throws -> Int {
    while true {
      let rows = try await database.client.query(
        """
        SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID() \
        AND info LIKE 'SELECT `cache_key`%FOR UPDATE'
        """
      ).rows
      if let row = rows.first { return try row.decode(Int.self, at: 0) }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `The row is Django's`(server: TestServer) async throws {
    try await Self.withCache(on: server) { cache, database in
      try await CacheBackend(cache, configuration: .init(resultExpires: .seconds(60)))
        .markAsDone("a", result: 1)
      let row = try await database.client.query("SELECT cache_key, value, expires FROM cache").rows[0]
      let (key, value, expires) = try row.decode(String.self, String.self, Date.self)
      #expect(key == ":1:celery-task-meta-a")
      #expect(expires == Date(timeIntervalSince1970: 1_704_164_645 + 60))
      let bytes = try #require(Data(base64Encoded: value))
      guard case .object(let meta) = try Pickle.decode(bytes) else {
        Issue.record("what is stored is no dictionary")
        return
      }
      #expect(meta.keys == ["status", "result", "traceback", "children", "date_done", "task_id"])
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Results expire to the second, and cleanup deletes them`(server: TestServer) async throws {
    try await Self.withCache(on: server) { cache, database in
      let brief = CacheBackend(cache, configuration: .init(resultExpires: .seconds(10)))
      let forEver = CacheBackend(cache, configuration: .init(resultExpires: nil))
      try await brief.markAsDone("brief", result: 1)
      try await forEver.markAsDone("for ever", result: 1)
      let later = DjangoDatabaseCache(
        client: cache.client.configuration,
        options: cache.options,
        now: { Self.time.addingTimeInterval(11) }
      )
      let backend = CacheBackend(later)
      #expect(try await backend.taskMeta(for: "brief").state == .pending)
      #expect(try await backend.taskMeta(for: "for ever").state == .success)
      #expect(try await backend.cleanup() == CleanupResult(tasks: 1, groups: 0))
      #expect(try await backend.cleanup() == CleanupResult(tasks: 0, groups: 0))
      let row = try await database.client.query("SELECT CAST(expires AS CHAR) FROM cache").rows[0]
      #expect(try row.decode(String.self, at: 0) == "9999-12-31 23:59:59.000000")
      await later.shutDown()
    }
  }

  @Test(arguments: [(3, 7), (0, 1)])
  func `A cache with a bound deletes as Django does`(cullFrequency: Int, left: Int) async throws {
    var options = DjangoDatabaseCache.Options(table: "cache")
    options.maximumEntries = 8
    options.cullFrequency = cullFrequency
    try await Self.withCache(on: .mariadb1011, options) { cache, database in
      let backend = CacheBackend(cache)
      for number in 0..<9 { try await backend.markAsDone(TaskID("task-\(number)"), result: 1) }
      try await backend.markAsDone("task-9", result: 1)
      let count = try await database.client.query("SELECT COUNT(*) FROM cache").rows[0]
      #expect(try count.decode(Int.self, at: 0) == left)
      #expect(try await backend.taskMeta(for: "task-0").state == .pending)
      #expect(try await backend.taskMeta(for: "task-9").state == .success)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `An id that makes the key too long is refused`(server: TestServer) async throws {
    try await Self.withCache(on: server) { cache, _ in
      let backend = CacheBackend(cache)
      let longest = TaskID(String(repeating: "é", count: 255 - ":1:celery-task-meta-".count))
      try await backend.markAsDone(longest, result: 1)
      #expect(try await backend.taskMeta(for: longest).state == .success)
      let error = await #expect(throws: ResultError.self) {
        try await backend.markAsDone(TaskID(longest.rawValue + "é"), result: 1)
      }
      #expect(error?.code == .valueTooLong)
      #expect(error?.limit == 255)
    }
  }

  @Test func `A server with short indexes is foreseen, and told what helps`() async throws {
    try await ThrowawayDatabase.with(on: .named("mysql97-compact")) { database in
      let error = await #expect(throws: MigrationError.self) {
        try await CacheTable(connection: database.configuration, name: "cache").make()
      }
      #expect(error?.code == .doesNotFit)
      #expect(error?.description.contains("1020") == true)
      #expect(error?.description.contains("767") == true)
      #expect(error?.description.contains("--row-format dynamic") == true)
      #expect(error?.description.contains("--key-length 191") == true)
      let dynamic = CacheTable(connection: database.configuration, name: "a", rowFormat: .dynamic)
      let shorter = CacheTable(connection: database.configuration, name: "b", keyLength: 191)
      let made = [try await dynamic.make(), try await dynamic.make(), try await shorter.make()]
      #expect(made == [true, false, true])
    }
  }

  private static let time = Date(timeIntervalSince1970: 1_704_164_645.75)

  /// Lends a cache on a table of its own, at a time that stands.
  private static func withCache(
    on server: TestServer?,
    _ options: DjangoDatabaseCache.Options = .init(table: "cache"),
    _ body: (DjangoDatabaseCache, ThrowawayDatabase) async throws -> Void
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      _ = try await CacheTable(connection: database.configuration, name: options.table).make()
      let cache = DjangoDatabaseCache(
        client: .init(database.configuration),
        options: options,
        now: { time }
      )
      try await body(cache, database)
      await cache.shutDown()
    }
  }
}
