import MariaDBClient
import ResultSchema
import SchemaMigrations
import Subprocess
import Synchronization
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.isClusterThere, TestServer.missing), .fewAtATime)
struct MigrationLockTakeOverTests {
  /// Starts the tool on the first node, ends it with SIGKILL while it holds the lock, and lends the database.
  ///
  /// The tool is held up where it reads the ledger, which is locked.
  private static func withKilledTool(
    _ place: MigrationLockPlace,
    _ body: (ThrowawayDatabase, [MigrationLockPlace.Node]) async throws -> Void
  ) async throws {
    try await place.withDatabase { database, nodes in
      let ledger = SchemaGenerator().createTable(DjangoMigrations.table)
      try await database.client.query(SQLStatement(sql: ledger))
      let blocker = try await MariaDBConnection.connect(database.configuration)
      _ = try await blocker.run { try $0.query(text: "LOCK TABLES django_migrations WRITE") }
      let run = try await Subprocess.run(
        Tool(url: nodes[0].url).configuration(["migrate"]),
        input: .none,
        output: .string(limit: 1 << 20),
        error: .string(limit: 1 << 20)
      ) { execution in
        while try await database.client.query(
          """
          SELECT 1 FROM information_schema.processlist
          WHERE db = DATABASE() AND state LIKE 'Waiting for table metadata lock%'
          """
        ).rows.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        try execution.send(signal: .kill)
      }
      #expect(run.terminationStatus == .signaled(Signal.kill.rawValue))
      await blocker.close()
      try await body(database, nodes)
    }
  }

  @Test(arguments: MigrationLockPlace.all)
  func `The lock of a process that was killed is taken over, and its migration finished`(
    place: MigrationLockPlace
  ) async throws {
    try await Self.withKilledTool(place) { database, nodes in
      let again = try await Tool(url: nodes[0].url).run("migrate")
      #expect(again.code == 0, "\(again.errors)")
      #expect(again.output.contains("made django_celery_results_taskresult\n"))
      #expect(
        try await nodes[0].tables() == MigrationLockPlace.tables
      )
    }
  }

  @Test func `Another node takes the lock over when the holder has given no sign for the time stated`()
    async throws
  {
    try await Self.withKilledTool(.cluster) { database, nodes in
      #expect(try await nodes[0].tables().contains(MigrationLock.tableName))
      let lines = Mutex<[String]>([])
      let start = ContinuousClock.now
      let options = MigrationLock.Options(takeOverAfter: .seconds(2)) { line in
        lines.withLock { $0.append(line) }
      }
      try await nodes[1].withConnection { connection in
        try await MigrationLock.with(connection, options) { lock in
          #expect(start.duration(to: .now) >= .seconds(2))
          try await connection.run { try lock.check($0) }
        }
      }
      let last = lines.withLock { $0.last } ?? ""
      #expect(last.hasPrefix("took over the lock of a migration that has ended (connection "), "\(last)")
      #expect(last.contains(" on galera1, celery@"), "\(last)")
      #expect(try await nodes[0].tables() == ["django_migrations"])
    }
  }

  @Test func `A holder whose statement stops every commit in the cluster keeps the lock`() async throws {
    try await MigrationLockPlace.cluster.withDatabase { database, nodes in
      try await database.client.query("CREATE TABLE big (id INT PRIMARY KEY)")
      try await database.client.query("INSERT INTO big SELECT seq FROM seq_1_to_20")
      let holders = MigrationLockCounter()
      let takeOverAfter = Duration.seconds(2)
      let waiting = AsyncStream<Void>.makeStream()
      let waiter = try await nodes[0].withConnection { connection in
        try await MigrationLock.with(connection, .init(takeOverAfter: takeOverAfter)) { _ in
          holders.enter()
          let options = MigrationLock.Options(timeout: .seconds(300), takeOverAfter: takeOverAfter) { _ in
            waiting.continuation.yield()
          }
          let waiter = Task {
            defer { waiting.continuation.finish() }
            try await nodes[1].withConnection { connection in
              try await MigrationLock.with(connection, options) { _ in holders.enter() }
            }
          }
          for await _ in waiting.stream { break }
          // Each row takes some tenths of a second, on each node.
          try await connection.query(
            """
            ALTER TABLE big ADD COLUMN slow INT DEFAULT (LENGTH(SHA2(CONCAT(id, REPEAT('0', 16000000)), 512))),
            ALGORITHM = COPY
            """
          )
          holders.leave()
          return waiter
        }
      }
      try await waiter.value
      #expect(holders.total == 2 && holders.most == 1)
      #expect(try await nodes[0].tables() == ["big"])
    }
  }

  @Test func `A holder that lost the lock stops, and leaves it to the one that has it`() async throws {
    try await MigrationLockPlace.cluster.withDatabase { database, nodes in
      let error = await #expect(throws: MigrationError.self) {
        try await nodes[0].withConnection { connection in
          try await MigrationLock.with(connection) { lock in
            try await connection.run { try lock.check($0) }
            try await database.client.query(
              "UPDATE \(identifier: MigrationLock.tableName) SET owner = 'another' WHERE id = 1"
            )
            try await connection.run { try lock.check($0) }
          }
        }
      }
      #expect(error?.code == .locked)
      #expect(error?.description.contains("took over") == true)
      let left = try await nodes[0].tables()
      #expect(left == [MigrationLock.tableName])
    }
  }

  @Test func `Only a silence in which others' writes went through counts`() {
    let start = ContinuousClock.now
    let sign = HolderWatch.Sign(owner: "a", heartbeat: 1)
    var watch = HolderWatch(limit: .seconds(10), since: start)
    #expect(watch.pace == .seconds(1))
    let isGone = (0...9).map { watch.notes(sign, at: start + .seconds($0)) }
    #expect(isGone == Array(repeating: false, count: 10))
    let isGoneLater = watch.notes(sign, at: start + .seconds(10))
    #expect(isGoneLater)
  }

  @Test(arguments: [0, 1]) func `After a time without any commit the holder's node gets as long again`(
    before: Int
  ) {
    let start = ContinuousClock.now
    let sign = HolderWatch.Sign(owner: "a", heartbeat: 1)
    var watch = HolderWatch(limit: .seconds(10), since: start)
    for second in 0..<before { _ = watch.notes(sign, at: start + .seconds(second)) }
    // 100 seconds without a commit; two of them count, where it was seen before them.
    let first = (100...300).first { watch.notes(sign, at: start + .seconds($0)) }
    #expect(first == (before == 0 ? 208 : 206))
  }

  @Test func `Each sign of the holder, and each new holder, ends the silence`() {
    let start = ContinuousClock.now
    var watch = HolderWatch(limit: .seconds(2), since: start)
    for second in 0..<20 {
      let sign = HolderWatch.Sign(owner: second < 10 ? "a" : "b", heartbeat: UInt64(second % 10 / 5))
      let isGone = watch.notes(sign, at: start + .milliseconds(400 * second))
      #expect(!isGone)
    }
  }
}
