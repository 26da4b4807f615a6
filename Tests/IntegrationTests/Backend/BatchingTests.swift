import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import TestSupport
import Testing

/// Concurrent calls that share statements.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct BatchingTests {
  static let ids = (0..<300).map { TaskID("task-\($0)") }

  /// Stores results at the same time, and returns what became of each.
  func storeAtOnce(
    _ ids: [TaskID],
    on backend: DatabaseBackend,
    _ store: @escaping @Sendable (TaskID) async throws -> Void
  ) async -> [TaskID: any Error] {
    await withTaskGroup(of: (TaskID, (any Error)?).self) { group in
      for id in ids {
        group.addTask {
          do {
            try await store(id)
            return (id, nil)
          } catch {
            return (id, error)
          }
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
  }

  /// How many INSERT statements the only connection of a backend has sent.
  func inserts(_ backend: DatabaseBackend) async throws -> Int {
    let row = try await backend.client.query("SHOW SESSION STATUS LIKE 'Com_insert'").rows[0]
    return Int(try row.decode(String.self, at: 1)) ?? -1
  }

  @Test(arguments: TestServer.all)
  func `Stores at the same time share statements, new ones and those over rows`(server: TestServer)
    async throws
  {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(maximumConnections: 1)
      let started = await storeAtOnce(Array(Self.ids.prefix(150)), on: backend) {
        try await backend.markAsStarted($0)
      }
      #expect(started.isEmpty)
      let before = try await database.nextID()
      let done = await storeAtOnce(Self.ids, on: backend) {
        try await backend.markAsDone($0, result: $0.rawValue)
      }
      #expect(done.isEmpty)
      let used = try await database.nextID() - before
      // Of the ids that are reserved for new rows few may be left over.
      #expect(used >= 150 && used <= 150 + 150 / 16)
      #expect(try await inserts(backend) < Self.ids.count / 2)
      let metas = try await backend.taskMeta(for: Self.ids)
      let isAsStored = try metas.allSatisfy {
        try $0.state == .success && $0.result == PythonValue(stringLiteral: $0.id.rawValue)
      }
      #expect(isAsStored)
      let stillStarted = metas.prefix(150).allSatisfy { $0.dateStarted != nil }
      #expect(stillStarted)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `Stores over rows in batches use up no id`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(maximumConnections: 1)
      _ = await storeAtOnce(Self.ids, on: backend) { try await backend.markAsStarted($0) }
      let before = try await database.nextID()
      let inserts = try await inserts(backend)
      for round in 0..<5 {
        let failed = await storeAtOnce(Self.ids, on: backend) {
          try await backend.markAsDone($0, result: round)
        }
        #expect(failed.isEmpty)
      }
      #expect(try await database.nextID() == before)
      #expect(try await self.inserts(backend) - inserts < Self.ids.count)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `What one row is refused for fails its caller only`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let refuses = """
        CREATE TRIGGER refuses BEFORE INSERT ON django_celery_results_taskresult FOR EACH ROW \
        IF NEW.result LIKE '%refused%' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'; END IF
        """
      try await database.client.run { _ = try $0.query(text: refuses) }
      let backend = database.backend(.init(resultExtended: true), maximumConnections: 1)
      let failed = await storeAtOnce(Self.ids, on: backend) { id in
        switch id {
        case "task-7", "task-8": try await backend.markAsDone(id, result: "refused")
        case "task-9":
          let name = String(repeating: "n", count: 256)
          try await backend.markAsDone(id, result: 9, request: TaskRequest(name: name))
        default: try await backend.markAsDone(id, result: 1)
        }
      }
      #expect(Set(failed.keys) == ["task-7", "task-8", "task-9"])
      #expect((failed["task-7"] as? MariaDBError)?.errno == 1_644)
      #expect((failed["task-9"] as? ResultError)?.code == .valueTooLong)
      let stored = try await backend.taskMeta(for: Self.ids).filter { $0.state == .success }
      #expect(stored.count == Self.ids.count - 3)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `A result that no packet holds fails its caller only, and large ones are spread`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(maximumConnections: 1)
      let row = try await backend.client.query("SELECT @@max_allowed_packet").rows[0]
      let limit = try row.decode(Int.self, at: 0)
      let large = String(repeating: "x", count: 300_000)
      let tooLarge = String(repeating: "x", count: limit)
      let ids = Array(Self.ids.prefix(60))
      let failed = await storeAtOnce(ids, on: backend) { id in
        try await backend.markAsDone(id, result: id == "task-30" ? tooLarge : large)
      }
      #expect(Set(failed.keys) == ["task-30"])
      #expect((failed["task-30"] as? ResultError)?.code == .resultTooLarge)
      let stored = try await backend.taskMeta(for: ids).filter { $0.state == .success }
      #expect(stored.count == ids.count - 1)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `Each task's stores keep their order`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(.init(storePolicy: .lastWriteWins), maximumConnections: 3)
      let failed = await storeAtOnce(Array(Self.ids.prefix(100)), on: backend) { id in
        try await backend.markAsStarted(id)
        for round in 0..<5 { try await backend.storeResult(round, for: id, state: "PROGRESS") }
        try await backend.markAsDone(id, result: "last")
      }
      #expect(failed.isEmpty)
      let metas = try await backend.taskMeta(for: Array(Self.ids.prefix(100)))
      let isLast = try metas.allSatisfy { try $0.state == .success && $0.result == "last" }
      #expect(isLast)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Whoever is cancelled leaves, and the others are stored`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(maximumConnections: 1)
      let tasks = Self.ids.map { id in Task { try await backend.markAsDone(id, result: 1) } }
      for (index, task) in tasks.enumerated() where index.isMultiple(of: 3) { task.cancel() }
      for (index, task) in tasks.enumerated() {
        let result = await task.result
        if case .failure(let error) = result { #expect(index.isMultiple(of: 3), "\(error)") }
      }
      let metas = try await backend.taskMeta(for: Self.ids)
      for (index, meta) in metas.enumerated() where !index.isMultiple(of: 3) {
        #expect(meta.state == .success)
      }
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A batch that nobody waits for any more is stopped on the server`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(maximumConnections: 1)
      try await backend.markAsStarted("locked")
      let holder = try await MariaDBConnection.connect(database.configuration)
      try await holder.run { handle in
        // Without locks on the gaps between rows.
        try handle.query(text: "SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        try handle.query(text: "START TRANSACTION")
      }
      try await holder.query(
        "SELECT * FROM django_celery_results_taskresult WHERE task_id = 'locked' FOR UPDATE"
      )
      let tasks = (0..<60).map { number in
        Task { try await backend.markAsDone(number == 0 ? "locked" : Self.ids[number], result: 1) }
      }
      try await Task.sleep(for: .milliseconds(200))
      for task in tasks { task.cancel() }
      for task in tasks { _ = await task.result }
      // The connection is free again though the row is still locked.
      try await backend.markAsDone("another", result: 1)
      try await holder.run { _ = try $0.query(text: "ROLLBACK") }
      await holder.close()
      await backend.shutDown()
    }
  }

  @Test func `A server that keeps its binary log in statements is asked for many rows once`() async throws {
    let options = ["--log-bin", "--binlog-format=STATEMENT", "--transaction-isolation=REPEATABLE-READ"]
    try await PrivateServer.with("mariadb1011", options: options) { server in
      try await ThrowawayDatabase.withTables(on: server.server) { database in
        var connection = database.configuration
        // What the server refuses for such a log is READ COMMITTED.
        connection.isolationLevel = .repeatableRead
        let backend = DatabaseBackend(
          client: .init(connection, pool: PoolConfiguration(maximumConnections: 1))
        )
        for _ in 0..<2 {
          let failed = await storeAtOnce(Self.ids, on: backend) {
            try await backend.markAsDone($0, result: 1)
          }
          #expect(failed.isEmpty, "\(failed)")
        }
        let refusesManyRows = try await backend.client.run { !$0.executesManyRows }
        #expect(refusesManyRows)
        let stored = try await backend.taskMeta(for: Self.ids).filter { $0.state == .success }
        #expect(stored.count == Self.ids.count)
        #expect(try await inserts(backend) < Self.ids.count / 2)
        await backend.shutDown()
      }
    }
  }

  @Test(arguments: TestServer.all)
  func `Reads at the same time share queries, and each gets its own`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(maximumConnections: 1)
      _ = await storeAtOnce(Self.ids, on: backend) { try await backend.markAsDone($0, result: $0.rawValue) }
      let before = try await selects(backend)
      let wrong = await storeAtOnce(Self.ids, on: backend) { id in
        let meta = try await backend.taskMeta(for: id)
        let unknown = try await backend.taskMeta(for: TaskID("no-\(id.rawValue)"))
        guard try meta.result == PythonValue(stringLiteral: id.rawValue), unknown.state == .pending,
          unknown.id.rawValue.hasPrefix("no-")
        else { throw CancellationError() }
      }
      #expect(wrong.isEmpty)
      #expect(try await selects(backend) - before < Self.ids.count)
      await backend.shutDown()
    }
  }

  private func selects(_ backend: DatabaseBackend) async throws -> Int {
    let row = try await backend.client.query("SHOW SESSION STATUS LIKE 'Com_select'").rows[0]
    return Int(try row.decode(String.self, at: 1)) ?? -1
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Without batching every store has its own statement`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let client = MariaDBClient.Configuration(
        database.configuration,
        pool: PoolConfiguration(maximumConnections: 1)
      )
      let backend = DatabaseBackend(client: client, batching: nil)
      let failed = await storeAtOnce(Self.ids, on: backend) { try await backend.markAsDone($0, result: 1) }
      #expect(failed.isEmpty)
      let count = try await inserts(backend)
      #expect(count == Self.ids.count)
      await backend.shutDown()
    }
  }
}
