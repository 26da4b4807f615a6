#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import ResultSchema
import SchemaMigrations
import TestSupport
import Testing

/// All who wait share their questions.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct WaitingDatabaseTests {
  /// Waits for tasks with one backend, lets another store them, and checks what came.
  ///
  /// - Parameters:
  ///   - count: How many wait.
  ///   - waiting: The backend that waits.
  ///   - storing: The backend that stores, when all have been looked for in vain.
  private func wait(_ count: Int, in waiting: DatabaseBackend, storing: DatabaseBackend) async throws {
    let ids = (0..<count).map { TaskID("task-\($0)") }
    let tasks = ids.map { id in Task { try await AsyncResult(id, as: Int.self, backend: waiting).get() } }
    // Most have been looked for by then; the check holds if they have not.
    try await Task.sleep(for: .milliseconds(500))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for part in 0..<4 {
        group.addTask {
          for number in stride(from: part, to: count, by: 4) {
            try await storing.markAsStarted(ids[number])
            try await storing.markAsDone(ids[number], result: number)
          }
        }
      }
      try await group.waitForAll()
    }
    for (number, task) in tasks.enumerated() { #expect(try await task.value == number) }
  }

  @Test(arguments: TestServer.all, [1, 100, 1_000])
  func `Those who wait get what another backend stores`(server: TestServer, count: Int) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let (waiting, storing) = (database.backend(), database.backend())
      try await wait(count, in: waiting, storing: storing)
      // One question at a time.
      #expect(waiting.client.connectionCount <= 1)
      await waiting.shutDown()
      await storing.shutDown()
    }
  }

  @Test(arguments: TestServer.all, [-600, 600.0])
  func `A writer whose clock is ten minutes wrong is seen`(server: TestServer, seconds: Double) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let waiting = database.backend()
      let storing = database.backend(.init(now: { Date().addingTimeInterval(seconds) }))
      try await wait(200, in: waiting, storing: storing)
      await waiting.shutDown()
      await storing.shutDown()
    }
  }

  @Test(arguments: TestServer.all, [10, 300])
  func `Nothing stale is read under REPEATABLE READ`(server: TestServer, count: Int) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      var connection = database.configuration
      connection.isolationLevel = .repeatableRead
      let pool = PoolConfiguration(maximumConnections: 1)
      let waiting = DatabaseBackend(client: .init(connection, pool: pool))
      let level = try await waiting.client.query(
        "SHOW VARIABLES WHERE Variable_name IN ('transaction_isolation', 'tx_isolation')"
      ).rows[0]
      #expect(try level.decode(String.self, at: 1) == "REPEATABLE-READ")
      let storing = database.backend()
      try await wait(count, in: waiting, storing: storing)
      await waiting.shutDown()
      await storing.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A table without an index on the dates is waited on too`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let options = Migrator.Options(level: .addTaskNameArgsKwargs)
      _ = try await Migrator(connection: database.configuration, options: options).migrate()
      let (waiting, storing) = (database.backend(), database.backend())
      try await wait(300, in: waiting, storing: storing)
      await waiting.shutDown()
      await storing.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `Ids that are the same to the server are both found`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      let storing = database.backend()
      async let first = AsyncResult("task", as: Int.self, backend: backend).get()
      async let second = AsyncResult("TASK", as: Int.self, backend: backend).get()
      try await storing.markAsDone("Task", result: 5)
      #expect(try await [first, second] == [5, 5])
      await backend.shutDown()
      await storing.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A store of the same backend wakes who waits, however long the interval`(server: TestServer)
    async throws
  {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(.init(pollingInterval: .seconds(3_600)))
      try await wait(300, in: backend, storing: backend)
      let group = GroupResult("g", members: ["a", "b", "c"], as: Int.self, backend: backend)
      async let values = group.get()
      for (number, id) in (["a", "b", "c"] as [TaskID]).enumerated() {
        try await backend.markAsDone(id, result: number)
      }
      #expect(try await values == [0, 1, 2])
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A shutdown ends all waiting`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(.init(pollingInterval: .seconds(3_600)))
      let waiting = (0..<100).map { number in
        Task { try await AsyncResult(TaskID("task-\(number)"), as: Int.self, backend: backend).get() }
      }
      let running = Task { try await backend.run() }
      // Most wait by then; the check holds if they do not.
      try await Task.sleep(for: .milliseconds(50))
      running.cancel()
      for task in waiting {
        let error = await #expect(throws: MariaDBError.self) { try await task.value }
        #expect(error?.code == .clientShutdown)
      }
      _ = await running.result
    }
  }
}
