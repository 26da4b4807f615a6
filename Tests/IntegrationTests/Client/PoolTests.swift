import Logging
import MariaDBClient
import ServiceLifecycle
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct PoolTests {
  func client(_ server: TestServer?, _ change: (inout PoolConfiguration) -> Void) throws -> MariaDBClient {
    var configuration = MariaDBClient.Configuration(try #require(server).configuration())
    change(&configuration.pool)
    return MariaDBClient(configuration: configuration)
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Many callers share few connections`(server: TestServer) async throws {
    let client = try client(server) { $0.maximumConnections = 3 }
    let sum = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<200 {
        group.addTask { try await client.query("SELECT \(number)").rows[0].decode(Int.self, at: 0) }
      }
      return try await group.reduce(0, +)
    }
    #expect(sum == 199 * 200 / 2)
    #expect(client.connectionCount <= 3)
    await client.shutDown()
  }

  @Test func `A caller who waits too long gets a clear error`() async throws {
    let client = try client(.mariadb1011) {
      $0.maximumConnections = 1
      $0.acquireTimeout = .milliseconds(50)
    }
    try await client.withConnection { _ in
      let error = await #expect(throws: MariaDBError.self) { try await client.query("SELECT 1") }
      #expect(error?.code == .acquireTimeout)
      #expect(error?.description.contains("maximumConnections") == true)
    }
    #expect(try await client.query("SELECT 1").rows.count == 1)
    await client.shutDown()
  }

  @Test func `A caller that is cancelled while it waits leaves the queue`() async throws {
    let client = try client(.mariadb1011) { $0.maximumConnections = 1 }
    try await client.withConnection { _ in
      let waiter = Task { try await client.query("SELECT 1") }
      try await Task.sleep(for: .milliseconds(20))
      waiter.cancel()
      await #expect(throws: CancellationError.self) { try await waiter.value }
    }
    #expect(try await client.query("SELECT 1").rows.count == 1)
    await client.shutDown()
  }

  @Test(arguments: TestServer.all)
  func `The next borrower finds nothing of the one before`(server: TestServer) async throws {
    let client = try client(server) { $0.maximumConnections = 1 }
    try await client.withConnection { connection in
      try await connection.query("SET @leftover = 1, sql_mode = ''")
      try await connection.query("SELECT GET_LOCK('celery_results_test_leftover', 5)")
      try await connection.run { handle in
        try handle.query(text: "USE information_schema")
        try handle.query(text: "START TRANSACTION")
      }
    }
    let row = try await client.query(
      "SELECT @leftover IS NULL, @@sql_mode <> '', DATABASE(), IS_FREE_LOCK('celery_results_test_leftover')"
    ).rows[0]
    #expect(row.values == [.int(1), .int(1), .string("celery"), .int(1)])
    #expect(try await client.run { $0.isInTransaction } == false)
    #expect(client.connectionCount == 1)
    await client.shutDown()
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A borrower without a database of its own does not find that of the one before`(
    server: TestServer
  ) async throws {
    var configuration = MariaDBClient.Configuration(try server.configuration())
    configuration.connection.database = nil
    configuration.pool.maximumConnections = 1
    let client = MariaDBClient(configuration: configuration)
    _ = try await client.run { try $0.query(text: "USE information_schema") }
    #expect(try await client.query("SELECT DATABASE()").rows[0].values == [.null])
    await client.shutDown()
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A handle that is closed by its borrower is not handed out again`(server: TestServer) async throws {
    let client = try client(server) { $0.maximumConnections = 1 }
    try await client.run { $0.close() }
    #expect(try await client.query("SELECT 1").rows.count == 1)
    await client.shutDown()
  }

  @Test(arguments: TestServer.all)
  func `A connection that the server has closed is never handed out`(server: TestServer) async throws {
    let client = try client(server) { $0.maximumConnections = 1 }
    let observer = try await MariaDBConnection.connect(try server.configuration())
    for _ in 0..<3 {
      let id = try await client.query("SELECT CONNECTION_ID()").rows[0].decode(Int.self, at: 0)
      try await observer.query("KILL \(unescaped: "\(id)")")
      // The server closes it in its own time.
      while try await !observer.query("SELECT 1 FROM information_schema.processlist WHERE id = \(id)").rows
        .isEmpty
      {
        try await Task.sleep(for: .milliseconds(5))
      }
      try await Task.sleep(for: .milliseconds(20))
      #expect(try await client.query("SELECT CONNECTION_ID()").rows[0].decode(Int.self, at: 0) != id)
    }
    await observer.close()
    await client.shutDown()
  }

  @Test func `run() closes what is unused, and a graceful shutdown ends it`() async throws {
    let client = try client(.mariadb1011) { $0.idleTimeout = .milliseconds(50) }
    let group = ServiceGroup(services: [client], logger: .init(label: "test"))
    let running = Task { try await group.run() }
    try await client.query("SELECT 1")
    while client.connectionCount > 0 { try await Task.sleep(for: .milliseconds(10)) }
    await group.triggerGracefulShutdown()
    try await running.value
    let error = await #expect(throws: MariaDBError.self) { try await client.query("SELECT 1") }
    #expect(error?.code == .clientShutdown)
  }

  @Test func `A shutdown refuses those who wait and closes what is in use afterwards`() async throws {
    let client = try client(.mariadb1011) { $0.maximumConnections = 1 }
    try await client.withConnection { connection in
      let waiter = Task { try await client.query("SELECT 1") }
      try await Task.sleep(for: .milliseconds(20))
      await client.shutDown()
      let error = await #expect(throws: MariaDBError.self) { try await waiter.value }
      #expect(error?.code == .clientShutdown)
      #expect(try await connection.query("SELECT 1").rows.count == 1)
    }
    #expect(client.connectionCount == 0)
  }
}
