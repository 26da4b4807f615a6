import CeleryResults
import MariaDBClient
import SchemaMigrations
import Synchronization
import TestSupport
import Testing

@testable import CeleryResultsMariaDB

/// What waiting costs the server, and what it does when that goes away.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct WaitingServerTests {
  private func until(_ backend: DatabaseBackend, _ condition: (ResultPoller.State) -> Bool) async throws {
    while !backend.poller.state.withLock({ condition($0) }) { try await Task.sleep(for: .milliseconds(5)) }
  }

  private func backend(
    _ server: PrivateServer,
    _ policy: RetryPolicy = RetryPolicy(timeLimit: nil)
  ) -> DatabaseBackend {
    var pool = PoolConfiguration(maximumConnections: 4)
    pool.acquireTimeout = .seconds(600)
    return DatabaseBackend(
      client: .init(server.configuration, pool: pool),
      configuration: .init(retryPolicy: policy)
    )
  }

  @Test(arguments: TestServer.oneOfEach.map(\.name))
  func `10,000 waiting tasks ask at most 25 times a second, on one connection`(name: String) async throws {
    try await PrivateServer.with(name) { server in
      _ = try await Migrator(connection: server.configuration).migrate()
      let observer = try await MariaDBConnection.connect(server.configuration)
      let backend = backend(server)
      let waiting = (0..<10_000).map { number in
        // Many errors that are kept would slow every expectation of one down.
        Task {
          (try? await AsyncResult(TaskID("task-\(number)"), as: Int.self, backend: backend).get()) == nil
        }
      }
      // Until all have been looked for.
      try await until(backend) {
        $0.tasks.waiterCount == 10_000 && $0.tasks.toLookAt.isEmpty && $0.asking == nil
      }
      let (start, before) = (ContinuousClock.now, try await observer.statementCount())
      try await Task.sleep(for: .seconds(6))
      let questions = try await observer.statementCount() - before
      let seconds = start.duration(to: .now) / .seconds(1)
      #expect(questions > 0)
      #expect(Double(questions) <= 25 * seconds)
      #expect(backend.client.connectionCount == 1)
      for task in waiting { task.cancel() }
      for task in waiting { #expect(await task.value) }
      // Nobody waits, and nothing is asked.
      try await until(backend) { $0.tasks.isEmpty && $0.asking == nil }
      let idle = try await observer.statementCount()
      try await Task.sleep(for: .milliseconds(500))
      #expect(try await observer.statementCount() == idle)
      await backend.shutDown()
      await observer.close()
    }
  }

  @Test(arguments: TestServer.oneOfEach.map(\.name), [10, 300])
  func `A server that is killed and comes back ends no waiting`(name: String, count: Int) async throws {
    try await PrivateServer.with(name) { server in
      _ = try await Migrator(connection: server.configuration).migrate()
      let (waiting, storing) = (backend(server), backend(server))
      let tasks = (0..<count).map { number in
        Task { try await AsyncResult(TaskID("task-\(number)"), as: Int.self, backend: waiting).get() }
      }
      try await Task.sleep(for: .milliseconds(200))
      try await server.kill()
      try await Task.sleep(for: .milliseconds(200))
      try await server.start()
      for number in 0..<count { try await storing.markAsDone(TaskID("task-\(number)"), result: number) }
      for (number, task) in tasks.enumerated() { #expect(try await task.value == number) }
      await waiting.shutDown()
      await storing.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach.map(\.name))
  func `Where nothing is tried again all who wait get the error`(name: String) async throws {
    try await PrivateServer.with(name) { server in
      _ = try await Migrator(connection: server.configuration).migrate()
      let backend = backend(server, .none)
      let tasks = (0..<100).map { number in
        Task { try await AsyncResult(TaskID("task-\(number)"), as: Int.self, backend: backend).get() }
      }
      try await Task.sleep(for: .milliseconds(200))
      try await server.kill()
      for task in tasks { await #expect(throws: MariaDBError.self) { try await task.value } }
      try await server.start()
      await backend.shutDown()
    }
  }
}
