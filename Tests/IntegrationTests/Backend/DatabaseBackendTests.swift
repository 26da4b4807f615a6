import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import ResultSchema
import SchemaMigrations
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct DatabaseBackendTests {
  @Test(arguments: TestServer.all)
  func `Stores over rows that exist use up no id, also many at once`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      let ids = (0..<40).map { TaskID("task-\($0)") }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for id in ids { group.addTask { try await backend.markAsStarted(id) } }
        try await group.waitForAll()
      }
      let before = try await database.nextID()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for round in 0..<10 {
          for id in ids { group.addTask { try await backend.markAsDone(id, result: round) } }
        }
        try await group.waitForAll()
      }
      #expect(try await database.nextID() == before)
      let count = try await database.client.query("SELECT COUNT(*) FROM django_celery_results_taskresult")
        .rows[0]
      #expect(try count.decode(Int.self, at: 0) == ids.count)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `Concurrent stores of new and of the same tasks do not deadlock`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<600 {
          group.addTask { try await backend.markAsDone(TaskID("task-\(number % 150)"), result: number) }
        }
        try await group.waitForAll()
      }
      let metas = try await backend.taskMeta(for: (0..<150).map { TaskID("task-\($0)") })
      #expect(metas.allSatisfy { $0.state == .success })
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `The bytes in the row are those that Celery writes`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(.init(resultExtended: true))
      let request = TaskRequest(
        name: "shop.charge",
        args: [2],
        kwargs: ["y": 3],
        worker: "celery@h",
        periodicTaskName: "nightly",
        children: ["c1"],
        meta: ["own": 1]
      )
      try await backend.markAsFailure(
        "t1",
        exception: RemoteException(type: "ValueError", arguments: ["é🎉", 3]),
        traceback: "Traceback …",
        request: request
      )
      let row = try await database.client.query(
        """
        SELECT task_id, status, content_type, content_encoding, result, meta, traceback, task_name, task_args,
          task_kwargs, worker, periodic_task_name, date_started IS NULL, date_created = date_done
        FROM django_celery_results_taskresult
        """
      ).rows[0]
      #expect(
        row.values == [
          .string("t1"), .string("FAILURE"), .string("application/json"), .string("utf-8"),
          .string(
            #"{"exc_type": "ValueError", "exc_message": ["\u00e9\ud83c\udf89", 3], "exc_module": "builtins"}"#
          ),
          .string(#"{"own": 1, "children": [[["c1", null], null]]}"#), .string("Traceback …"),
          .string("shop.charge"), .string(#""(2,)""#), .string(#""{'y': 3}""#), .string("celery@h"),
          .string("nightly"), .int(1), .int(1),
        ]
      )
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `What is longer than its column is refused before anything is written`(server: TestServer) async throws
  {
    try await ThrowawayDatabase.withTables(on: server, taskIDMaxLength: .length(40)) { database in
      let backend = database.backend(.init(resultExtended: true))
      let cases: [(id: TaskID, state: TaskState, request: TaskRequest, column: String, limit: Int)] = [
        (TaskID(String(repeating: "é", count: 41)), .success, TaskRequest(), "task_id", 40),
        ("t", TaskState(rawValue: String(repeating: "S", count: 51)), TaskRequest(), "status", 50),
        ("t", .success, TaskRequest(name: String(repeating: "n", count: 41)), "task_name", 40),
        ("t", .success, TaskRequest(worker: String(repeating: "w", count: 101)), "worker", 100),
        (
          "t", .success, TaskRequest(periodicTaskName: String(repeating: "p", count: 256)),
          "periodic_task_name",
          255
        ),
      ]
      for item in cases {
        let error = await #expect(throws: ResultError.self) {
          try await backend.storeResult(1, for: item.id, state: item.state, request: item.request)
        }
        #expect(error?.code == .valueTooLong)
        #expect(error?.column == item.column)
        #expect(error?.limit == item.limit)
        #expect(error?.size == item.limit + 1)
      }
      // As many characters as the column has, of several bytes each.
      let longest = TaskID(String(repeating: "🎉", count: 40))
      try await backend.markAsDone(longest, result: 1)
      #expect(try await backend.listResults(matching: .init()).results.map(\.id) == [longest])
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `A result larger than max_allowed_packet is refused with both numbers, the largest is stored`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      let limit = try await database.client.query("SELECT @@max_allowed_packet").rows[0].decode(
        Int.self,
        at: 0
      )
      let error = await #expect(throws: ResultError.self) {
        try await backend.markAsDone("large", result: String(repeating: "x", count: limit))
      }
      #expect(error?.code == .resultTooLarge)
      #expect(error?.limit == limit)
      #expect((error?.size ?? 0) > limit)
      #expect(try await backend.taskMeta(for: "large").state == .pending)

      let fits = String(repeating: "x", count: limit - 1_000)
      try await backend.markAsDone("large", result: fits)
      #expect(try await AsyncResult("large", as: String.self, backend: backend).get(timeout: .zero) == fits)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Columns that change under the backend are read again`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(.init(resultExtended: true), maximumConnections: 1)
      let table = CeleryTables.taskResultName
      let request = TaskRequest(name: "n", worker: "w")
      try await backend.markAsDone("before", result: 1, request: request)

      // 1054: a column is gone.
      try await database.client.query("ALTER TABLE \(identifier: table) DROP COLUMN worker")
      try await backend.markAsDone("without", result: 2, request: request)
      #expect(try await backend.taskMeta(for: "without").worker == nil)
      #expect(try await backend.taskMeta(for: "without").name == "n")

      // 1364: a column that needs a value is there, as release 1.1 has it.
      try await database.client.query("ALTER TABLE \(identifier: table) ADD hidden TINYINT(1) NOT NULL")
      try await backend.markAsDone("hidden", result: 3, request: request)
      let hidden = try await database.client.query(
        "SELECT hidden FROM \(identifier: table) WHERE task_id = 'hidden'"
      ).rows[0]
      #expect(try hidden.decode(Bool.self, at: 0) == false)

      // 1054 while reading.
      try await database.client.query("ALTER TABLE \(identifier: table) DROP COLUMN periodic_task_name")
      #expect(try await backend.taskMeta(for: "hidden").state == .success)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A column that was widened takes longer ids at once`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server, taskIDMaxLength: .length(10)) { database in
      let backend = database.backend()
      let id: TaskID = "12345678901"
      await #expect(throws: ResultError.self) { try await backend.markAsDone(id, result: 1) }
      try await database.client.query(
        "ALTER TABLE django_celery_results_taskresult MODIFY task_id VARCHAR(20) NOT NULL"
      )
      try await backend.markAsDone(id, result: 1)
      #expect(try await backend.taskMeta(for: id).state == .success)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach.map(\.name))
  func `A server that neither commits by itself nor is strict loses nothing`(name: String) async throws {
    try await PrivateServer.with(name) { server in
      let administrator = try await MariaDBConnection.connect(server.configuration)
      try await administrator.query("SET GLOBAL autocommit = 0")
      try await administrator.query("SET GLOBAL sql_mode = ''")
      _ = try await Migrator(connection: server.configuration).migrate()
      let backend = DatabaseBackend(client: .init(server.configuration))
      try await backend.markAsDone("t", result: 1)
      await backend.shutDown()
      let other = DatabaseBackend(client: .init(server.configuration))
      #expect(try await other.taskMeta(for: "t").state == .success)
      await other.shutDown()
      await administrator.close()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Without tables the error says what to do, and the backend works when they are there`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let backend = database.backend()
      let error = await #expect(throws: MariaDBError.self) { try await backend.markAsDone("t", result: 1) }
      #expect(error?.code == .unknownTable)
      #expect(error?.description.contains("celery-results migrate") == true)
      try await database.migrate()
      try await backend.markAsDone("t", result: 1)
      #expect(try await backend.taskMeta(for: "t").state == .success)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Ids that differ in case only are one task where the collation says so, and two where not`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let ignoring = database.backend()
      try await ignoring.markAsDone("CaseA", result: 1)
      #expect(try await ignoring.taskMeta(for: ["casea", "CaseA"]).map(\.state) == [.success, .success])
      #expect(try await ignoring.taskMeta(for: "casea").id == "casea")
      // Accents count as little as case does.
      try await ignoring.markAsDone("cafe", result: 1)
      #expect(try await ignoring.taskMeta(for: "café").state == .success)
      await ignoring.shutDown()

      try await database.client.query(
        """
        ALTER TABLE django_celery_results_taskresult
        MODIFY task_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL
        """
      )
      let telling = database.backend()
      #expect(try await telling.taskMeta(for: ["casea", "CaseA"]).map(\.state) == [.pending, .success])
      await telling.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `More ids than one query takes are read in their order`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      for number in [0, 1_023, 1_024, 2_499] {
        try await backend.markAsDone(TaskID("t\(number)"), result: number)
      }
      let metas = try await backend.taskMeta(for: (0..<2_500).map { TaskID("t\($0)") })
      #expect(metas.count == 2_500)
      #expect(metas.indices.filter { metas[$0].state == .success } == [0, 1_023, 1_024, 2_499])
      #expect(metas.indices.allSatisfy { metas[$0].id == TaskID("t\($0)") })
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Cleanup deletes in pieces what has expired, groups too, and nothing else`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      // 2,500 rows of the same moment: a piece ends in the middle of them.
      try await database.client.query(
        """
        INSERT INTO django_celery_results_taskresult
          (task_id, status, content_type, content_encoding, date_done, date_created)
        SELECT CONCAT('old', a.n, b.n, c.n, d.n), 'SUCCESS', '', '', '2020-01-01', '2020-01-01'
        FROM (\(unescaped: digits)) a, (\(unescaped: digits)) b, (\(unescaped: digits)) c,
          (SELECT 0 AS n UNION SELECT 1 UNION SELECT 2) d
        WHERE d.n < 2 OR a.n < 5
        """
      )
      try await database.client.query(
        """
        INSERT INTO django_celery_results_groupresult
          (group_id, date_created, date_done, content_type, content_encoding)
        VALUES ('old', '2020-01-01', '2020-01-01', '', ''), ('new', NOW(), UTC_TIMESTAMP(6), '', '')
        """
      )
      let backend = database.backend()
      try await backend.markAsDone("new", result: 1)
      let pieces = Pieces()
      let policy = CleanupPolicy(.after(.seconds(3_600)))
      let deleted = try await backend.cleanup(policy) { await pieces.add($0.tasks) }
      #expect(deleted == CleanupResult(tasks: 2_500, groups: 1))
      let counts = await pieces.counts
      // The last one is the group's.
      #expect(counts.first == 100 && counts.suffix(2) == [2_500, 2_500] && counts == counts.sorted())
      #expect(try await backend.taskMeta(for: "new").state == .success)
      #expect(try await backend.cleanup(olderThan: .seconds(3_600)) == CleanupResult(tasks: 0, groups: 0))
      await backend.shutDown()
    }
  }

  private let digits = (0...9).map { "SELECT \($0) AS n" }.joined(separator: " UNION ")

  actor Pieces {
    var counts: [Int] = []
    func add(_ count: Int) { counts.append(count) }
  }
}
