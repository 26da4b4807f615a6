import MariaDBClient
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct FailureTests {
  @Test(arguments: TestServer.all)
  func `A wrong password is refused, and nothing shows it`(server: TestServer) async throws {
    var configuration = try server.configuration()
    configuration.password = "not-the-password"
    let error = await #expect(throws: MariaDBError.self) {
      try await MariaDBConnection.connect(configuration)
    }
    #expect(error?.code == .accessDenied)
    #expect(error?.errno == 1045)
    #expect(error.map { "\($0)" }?.contains("not-the-password") == false)
    #expect(error.map { String(reflecting: $0) }?.contains("not-the-password") == false)
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A database that is not there has an error of its own`(server: TestServer) async throws {
    var configuration = try server.configuration()
    configuration.database = "celery_results_no_such_database"
    let error = await #expect(throws: MariaDBError.self) {
      try await MariaDBConnection.connect(configuration)
    }
    #expect(error?.code == .unknownDatabase)
  }

  @Test func `Where no server is the error says where`() async throws {
    let configuration = MariaDBConnection.Configuration(host: "127.0.0.1", port: 1, username: "celery")
    let error = await #expect(throws: MariaDBError.self) {
      try await MariaDBConnection.connect(configuration)
    }
    #expect(error?.code == .connectionFailed)
    #expect(error?.description.contains("127.0.0.1:1") == true)

    let unix = MariaDBConnection.Configuration(unixSocket: "/nonexistent/mysqld.sock", username: "celery")
    let missing = await #expect(throws: MariaDBError.self) { try await MariaDBConnection.connect(unix) }
    #expect(missing?.code == .connectionFailed)
  }

  @Test func `A server that never answers is given up after the connect timeout`() async throws {
    // It listens, and says nothing.
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { _ = close(listener) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        _ = bind(listener, address, length)
        _ = listen(listener, 5)
        _ = getsockname(listener, address, &length)
      }
    }
    var configuration = MariaDBConnection.Configuration(
      host: "127.0.0.1",
      port: Int(UInt16(bigEndian: address.sin_port)),
      username: "celery"
    )
    configuration.connectTimeout = .seconds(1)
    let error = await #expect(throws: MariaDBError.self) {
      try await MariaDBConnection.connect(configuration)
    }
    #expect(error?.code == .connectionFailed)
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Silence longer than the read timeout ends the connection, and the pool opens another`(
    server: TestServer
  ) async throws {
    var configuration = MariaDBClient.Configuration(try server.configuration())
    configuration.connection.readTimeout = .seconds(1)
    configuration.pool.maximumConnections = 1
    let client = MariaDBClient(configuration: configuration)
    let error = await #expect(throws: MariaDBError.self) { try await client.query("SELECT SLEEP(30)") }
    #expect(error?.code == .connectionLost)
    #expect(error?.description.contains("read timeout") == true)
    #expect(try await client.query("SELECT 1").rows.count == 1)
    await client.shutDown()
  }

  @Test(arguments: TestServer.oneOfEach.map(\.name))
  func
    `A server that dies in the middle of a query has an error of its own, and the pool works when it is back`(
      name: String
    ) async throws
  {
    try await PrivateServer.with(name) { server in
      var configuration = MariaDBClient.Configuration(server.configuration)
      configuration.pool.maximumConnections = 2
      let client = MariaDBClient(configuration: configuration)
      try await client.withConnection { observer in
        let victim = Task { try await client.query("SELECT SLEEP(1000)") }
        while try await observer.query(
          "SELECT 1 FROM information_schema.processlist WHERE info = 'SELECT SLEEP(1000)'"
        ).rows.isEmpty {
          try await Task.sleep(for: .milliseconds(5))
        }
        try await server.kill()
        let lost = await #expect(throws: MariaDBError.self) { try await victim.value }
        #expect(lost?.code == .connectionLost)
      }
      // A connection may die in the moment in which it is lent; then there is none left.
      var refused: MariaDBError?
      for _ in 0...2 {
        refused = await #expect(throws: MariaDBError.self) { try await client.query("SELECT 1") }
      }
      #expect(refused?.code == .connectionFailed)
      try await server.start()
      #expect(try await client.query("SELECT 1").rows.count == 1)
      await client.shutDown()
    }
  }
}
