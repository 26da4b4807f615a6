import MariaDBClient
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct ConnectionTests {
  @Test(arguments: TestServer.all)
  func `Tells its version and runs a query over TCP and over the Unix socket`(server: TestServer) async throws
  {
    let tcp = try await MariaDBConnection.connect(try server.configuration())
    let socket = try await tcp.query("SELECT @@socket").rows[0].decode(String.self, at: 0)
    var local = try server.configuration()
    local.unixSocket = socket
    let unix = try await MariaDBConnection.connect(local)
    for connection in [tcp, unix] {
      let (stated, asked) = try await connection.run { handle in
        (handle.serverVersion, try handle.query("SELECT VERSION()").rows[0].decode(String.self, at: 0))
      }
      #expect(stated.hasSuffix(asked))
      await connection.close()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Prepared statements are kept up to the bound`(server: TestServer) async throws {
    var configuration = try server.configuration()
    configuration.statementCacheCapacity = 4
    let connection = try await MariaDBConnection.connect(configuration)
    for number in 0..<20 {
      try await connection.query("SELECT \(unescaped: "\(number)")")
      try await connection.query("SELECT 'kept'")
    }
    let open = try await connection.run { handle in
      try handle.query(text: "SHOW SESSION STATUS LIKE 'Com_stmt_%'").rows
        .reduce(into: [:]) { counts, row throws(MariaDBError) in
          counts[try row.decode(String.self, at: 0)] = try row.decode(String.self, at: 1)
        }
    }
    // 20 different ones and one that is used again and again.
    #expect(open["Com_stmt_prepare"] == "21")
    #expect(open["Com_stmt_close"] == "17")
    await connection.close()
  }

  @Test(arguments: TestServer.all)
  func `A statement works again after its table has changed`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let connection = try await MariaDBConnection.connect(database.configuration)
      try await connection.query("CREATE TABLE t (v INT)")
      try await connection.query("INSERT INTO t VALUES (1)")
      #expect(try await connection.query("SELECT * FROM t").rows.map(\.values) == [[.int(1)]])
      try await connection.query("ALTER TABLE t MODIFY v VARCHAR(10), ADD w BIGINT UNSIGNED DEFAULT 7")
      #expect(try await connection.query("SELECT * FROM t").rows.map(\.values) == [[.string("1"), .uint(7)]])
      await connection.close()
    }
  }

  @Test(arguments: TestServer.all)
  func `The server's warnings can be read after a statement`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let (count, warnings) = try await database.client.run { handle in
        try handle.query("SET sql_mode = ''")
        try handle.query(text: "CREATE TABLE t (v VARCHAR(2))")
        let result = try handle.query("INSERT INTO t VALUES (\("abc"))")
        return (result.warningCount, try handle.warnings())
      }
      #expect(count == 1)
      #expect(warnings.map(\.code) == [1265])
      #expect(warnings.map(\.level) == ["Warning"])
    }
  }

  @Test(arguments: TestServer.all)
  func `Warnings of a statement with rows are counted`(server: TestServer) async throws {
    let connection = try await MariaDBConnection.connect(try server.configuration())
    #expect(try await connection.query("SELECT CAST(\("x") AS SIGNED)").warningCount == 1)
    #expect(try await connection.query("SELECT 1").warningCount == 0)
    await connection.close()
  }

  @Test func `A type that libmariadb does not know is an error, not a crash`() async throws {
    try await ThrowawayDatabase.with(on: .mysql97) { database in
      try await database.client.query("CREATE TABLE t (v VECTOR(2))")
      try await database.client.query("INSERT INTO t VALUES (STRING_TO_VECTOR('[1, 2]'))")
      let text = try await database.client.query("SELECT VECTOR_TO_STRING(v) FROM t").rows[0]
      #expect(try text.decode(String.self, at: 0).hasPrefix("[1.0"))
      let error = await #expect(throws: MariaDBError.self) {
        try await database.client.query("SELECT v FROM t")
      }
      #expect(error?.code == .decodingFailed)
      #expect(try await database.client.query("SELECT 1").rows.count == 1)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `An option file does not change the character set`(server: TestServer) async throws {
    let file = try TemporaryFile("[client]\ndefault-character-set = latin1\n")
    defer { file.remove() }
    var configuration = try server.configuration()
    configuration.optionFiles = .file(file.path, group: "celery-results")
    let connection = try await MariaDBConnection.connect(configuration)
    let row = try await connection.query("SELECT HEX(\("é🎉")), \("é🎉")").rows[0]
    #expect(row.values == [.string("C3A9F09F8E89"), .string("é🎉")])
    await connection.close()
  }

  @Test func `A wrong number of parameters is refused before anything is sent`() async throws {
    let connection = try await MariaDBConnection.connect(try #require(TestServer.mariadb1011).configuration())
    let error = await #expect(throws: MariaDBError.self) {
      try await connection.query(SQLStatement(sql: "SELECT ?", parameters: []))
    }
    #expect(error?.code == .invalidStatement)
    #expect(try await connection.query("SELECT 1").rows.count == 1)
    await connection.close()
  }

  @Test func `An error of the server holds neither the statement nor the values`() async throws {
    let connection = try await MariaDBConnection.connect(try #require(TestServer.mariadb1011).configuration())
    let error = await #expect(throws: MariaDBError.self) {
      try await connection.query("SELEKT secret_column WHERE a = \("secret value")")
    }
    #expect(error?.errno == 1064)
    #expect(error?.sqlState == "42000")
    #expect(error?.description.contains("secret") == false)
    await connection.close()
  }

  @Test(arguments: TestServer.all)
  func `Option files and their groups are read`(server: TestServer) async throws {
    let stated = try server.configuration()
    let file = try TemporaryFile(
      """
      [client]
      host = 127.0.0.1
      port = \(try #require(stated.port))
      [celery-results]
      user = celery
      password = celery
      """
    )
    defer { file.remove() }
    var configuration = MariaDBConnection.Configuration()
    configuration.optionFiles = .file(file.path, group: "celery-results")
    let connection = try await MariaDBConnection.connect(configuration)
    let user = try await connection.query("SELECT CURRENT_USER()").rows[0].decode(String.self, at: 0)
    #expect(user.hasPrefix("celery@"))
    await connection.close()

    configuration.password = "wrong"
    let error = await #expect(throws: MariaDBError.self) {
      try await MariaDBConnection.connect(configuration)
    }
    #expect(error?.code == .accessDenied)
  }
}
