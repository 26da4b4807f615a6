import CeleryResults
import MariaDBClient
import SchemaMigrations
import Synchronization
import TestSupport
import Testing

@testable import CeleryResultsMariaDB

/// What it costs the server to wait for tasks that may be in either of two databases.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct WaitingAnywhereTests {
  /// Waits until so many wait in each backend, and all have been looked for.
  private func until(_ count: Int, waitIn backends: [DatabaseBackend]) async throws {
    let end = ContinuousClock.now + .seconds(300)
    for backend in backends {
      while !backend.poller.state.withLock({
        $0.tasks.waiterCount == count && $0.tasks.toLookAt.isEmpty && $0.asking == nil
      }) {
        try #require(ContinuousClock.now < end, "the backends' own pollers are not waited in")
        try await Task.sleep(for: .milliseconds(5))
      }
    }
  }

  @Test(arguments: TestServer.oneOfEach.map(\.name))
  func `10,000 tasks that may be in either of two backends cost what both pollers ask`(name: String)
    async throws
  {
    try await PrivateServer.with(name) { server in
      let observer = try await MariaDBConnection.connect(server.configuration)
      try await observer.run { _ = try $0.query(text: "CREATE DATABASE other CHARACTER SET utf8mb4") }
      var other = server.configuration
      other.database = "other"
      let databases = [server.configuration, other]
      for database in databases { _ = try await Migrator(connection: database).migrate() }
      // Without batching what is asked beside the pollers' questions is a statement each time.
      let waiting = databases.map { DatabaseBackend(client: .init($0), batching: nil) }
      let storing = databases.map { DatabaseBackend(client: .init($0)) }
      let either = try ResultBackends(
        default: waiting[0],
        alternatives: ["other": waiting[1]],
        rules: [],
        lookup: .anywhere
      )
      let tasks = (0..<10_000).map { number in
        // Many errors that are kept would slow every expectation of one down.
        Task { try? await either.asyncResult(TaskID("task-\(number)"), as: Int.self).get() }
      }
      try await until(10_000, waitIn: waiting)
      let (start, before) = (ContinuousClock.now, try await observer.statementCount())
      try await Task.sleep(for: .seconds(6))
      let questions = try await observer.statementCount() - before
      let seconds = start.duration(to: .now) / .seconds(1)
      #expect(questions > 0)
      #expect(Double(questions) <= 2 * 25 * seconds)
      for backend in waiting { #expect(backend.client.connectionCount == 1) }

      for task in tasks[1_000...] { task.cancel() }
      for task in tasks[1_000...] { #expect(await task.value == nil) }
      try await until(1_000, waitIn: waiting)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<1_000 {
          group.addTask { try await storing[number % 2].markAsDone(TaskID("task-\(number)"), result: number) }
        }
        try await group.waitForAll()
      }
      for (number, task) in tasks[..<1_000].enumerated() { #expect(await task.value == number) }
      try await until(0, waitIn: waiting)
      for backend in waiting + storing { await backend.shutDown() }
      await observer.close()
    }
  }
}
