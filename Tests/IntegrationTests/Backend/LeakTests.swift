import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import SchemaMigrations
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct LeakTests {
  /// How many connections and prepared statements the server has.
  func counts(_ observer: MariaDBConnection) async throws -> [String: String] {
    try await observer.run { handle in
      try handle.query(
        text: "SHOW GLOBAL STATUS WHERE Variable_name IN ('Threads_connected', 'Prepared_stmt_count')"
      ).rows.reduce(into: [:]) { counts, row throws(MariaDBError) in
        counts[try row.decode(String.self, at: 0)] = try row.decode(String.self, at: 1)
      }
    }
  }

  @Test(arguments: TestServer.oneOfEach.map(\.name))
  func `10,000 stores and gets, with cancellations among them, leave no connection and no statement`(
    name: String
  ) async throws {
    try await PrivateServer.with(name) { server in
      _ = try await Migrator(connection: server.configuration).migrate()
      let observer = try await MariaDBConnection.connect(server.configuration)
      let before = try await counts(observer)
      var pool = PoolConfiguration(maximumConnections: 8)
      pool.acquireTimeout = .seconds(600)
      let backend = DatabaseBackend(client: .init(server.configuration, pool: pool))
      for _ in 0..<100 {
        await withTaskGroup(of: Void.self) { group in
          for number in 0..<50 {
            let work = Task {
              let id = TaskID("task-\(number)")
              try await backend.markAsDone(id, result: number)
              return try await AsyncResult(id, as: Int.self, backend: backend).get(timeout: .zero)
            }
            if number % 10 == 0 {
              group.addTask {
                try? await Task.sleep(for: .microseconds(.random(in: 0...20_000)))
                work.cancel()
              }
            }
            group.addTask {
              guard let value = try? await work.value else { return }
              #expect(value == number)
            }
          }
        }
      }
      let during = try await counts(observer)
      // The observer, and at most the pool, each of whose connections keeps so many statements.
      #expect(try #require(during["Threads_connected"].flatMap { Int($0) }) <= 1 + 8)
      #expect(
        try #require(during["Prepared_stmt_count"].flatMap { Int($0) }) <= 8
          * server.configuration.statementCacheCapacity
      )
      #expect(backend.client.connectionCount <= 8)
      await backend.shutDown()
      // The server notices a connection's end in its own time.
      while try await counts(observer) != before { try await Task.sleep(for: .milliseconds(20)) }
      await observer.close()
    }
  }
}
