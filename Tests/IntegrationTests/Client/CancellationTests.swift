import MariaDBClient
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct CancellationTests {
  /// A query that ends only when it is stopped. (SLEEP() and BENCHMARK() end without an error then.)
  static let endless: String = {
    let digits = (0...9).map { "SELECT \($0)" }.joined(separator: " UNION ALL ")
    return "SELECT COUNT(*) FROM " + (0..<15).map { "(\(digits)) AS t\($0)" }.joined(separator: ", ")
  }()

  /// Whether a statement of that text runs on the server.
  func runs(_ marker: String, on observer: MariaDBConnection) async throws -> Bool {
    try await !observer.query(
      """
      SELECT 1 FROM information_schema.processlist
      WHERE info LIKE \("%\(marker)%") AND id <> CONNECTION_ID()
      """
    ).rows.isEmpty
  }

  /// Waits until a statement of that text runs, or runs no longer.
  func wait(until running: Bool, _ marker: String, on observer: MariaDBConnection) async throws {
    while try await runs(marker, on: observer) != running {
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test(arguments: TestServer.all)
  func `Cancelling the task stops the query on the server and leaves the connection usable`(
    server: TestServer
  ) async throws {
    let configuration = try server.configuration()
    let connection = try await MariaDBConnection.connect(configuration)
    let observer = try await MariaDBConnection.connect(configuration)
    let id = try await connection.query("SELECT CONNECTION_ID()").rows[0].decode(Int.self, at: 0)
    let marker = "cancelled_\(UInt32.random(in: .min ... .max))"

    let query = Task { try await connection.query("\(unescaped: Self.endless) -- \(unescaped: marker)") }
    try await wait(until: true, marker, on: observer)
    query.cancel()
    await #expect(throws: CancellationError.self) { try await query.value }
    #expect(try await !runs(marker, on: observer))
    #expect(try await connection.query("SELECT CONNECTION_ID()").rows[0].decode(Int.self, at: 0) == id)
    await connection.close()
    await observer.close()
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Cancelling in the middle of a transaction rolls it back`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      try await database.client.query("CREATE TABLE t (v INT) ENGINE=InnoDB")
      let observer = try await MariaDBConnection.connect(database.configuration)
      let marker = "cancelled_\(UInt32.random(in: .min ... .max))"
      let work = Task {
        try await database.client.run { handle in
          try handle.withTransaction { handle in
            try handle.query("INSERT INTO t VALUES (1)")
            try handle.query("\(unescaped: Self.endless) -- \(unescaped: marker)")
            try handle.query("INSERT INTO t VALUES (2)")
          }
        }
      }
      try await wait(until: true, marker, on: observer)
      work.cancel()
      await #expect(throws: CancellationError.self) { try await work.value }
      #expect(try await database.client.query("SELECT v FROM t").rows.isEmpty)
      #expect(database.client.connectionCount == 1)
      await observer.close()
    }
  }

  @Test(arguments: TestServer.all)
  func `A query past its timeout is stopped, and the connection stays usable`(server: TestServer) async throws
  {
    var configuration = try server.configuration()
    configuration.queryTimeout = .milliseconds(200)
    let connection = try await MariaDBConnection.connect(configuration)
    for _ in 0..<2 {
      let error = await #expect(throws: MariaDBError.self) {
        try await connection.query("\(unescaped: Self.endless)")
      }
      #expect(error?.code == .queryTimeout)
      #expect(try await connection.query("SELECT 1").rows.count == 1)
    }
    await connection.close()
  }

  @Test func `A task that is cancelled already sends nothing`() async throws {
    try await ThrowawayDatabase.with(on: .mariadb1011) { database in
      try await database.client.query("CREATE TABLE t (v INT)")
      let connection = try await MariaDBConnection.connect(database.configuration)
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        try await connection.query("INSERT INTO t VALUES (1)")
      }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(try await connection.query("SELECT * FROM t").rows.isEmpty)
      await connection.close()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A stop never hits the next statement on the connection`(server: TestServer) async throws {
    var configuration = MariaDBClient.Configuration(try server.configuration())
    configuration.pool.maximumConnections = 1
    let client = MariaDBClient(configuration: configuration)
    // The query ends about when it is stopped: the kill arrives before, during and after it.
    for number in 0..<150 {
      let victim = Task { try await client.query("SELECT SLEEP(0.002)") }
      try await Task.sleep(for: .microseconds(1_500 + number * 15))
      victim.cancel()
      let next = try await client.query("SELECT \(number)").rows[0].decode(Int.self, at: 0)
      #expect(next == number)
      _ = try? await victim.value
    }
    #expect(client.connectionCount == 1)
    await client.shutDown()
  }
}
