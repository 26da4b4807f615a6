import TestSupport
import Testing

@testable import MariaDBClient

/// Values that do not fit the buffers of a statement or of a connection.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct LargeValueTests {
  @Test(arguments: TestServer.all)
  func `Values of any length come back as they were sent`(server: TestServer) async throws {
    let connection = try await MariaDBConnection.connect(server.configuration())
    let lengths = [511, 512, 513, 1 << 20, (1 << 20) + 1, 3_000_000]
    let texts = lengths.map { String(repeating: "x", count: $0) } + [String(repeating: "é", count: 300)]
    let bytes: [UInt8] = Array(repeating: 0xFF, count: 2_000_000)
    for text in texts + ["", texts[3] + "日本\u{FFFD}"] {
      let row = try await connection.query("SELECT CAST(\(text) AS CHAR), 7, NULL, \(text)").rows[0]
      let isSame = row.values == [.string(text), .int(7), .null, .string(text)]
      #expect(isSame, "\(text.utf8.count) bytes")
    }
    let row = try await connection.query("SELECT CAST(\(bytes) AS BINARY), 7, \(texts[5])").rows[0]
    let isSame = row.values == [.bytes(bytes), .int(7), .string(texts[5])]
    #expect(isSame)
    await connection.close()
  }

  @Test func `A value larger than max_allowed_packet is refused as such`() async throws {
    let client = MariaDBClient(configuration: .init(try #require(TestServer.mariadb1011).configuration()))
    let limit = try await client.query("SELECT @@max_allowed_packet").rows[0].decode(Int.self, at: 0)
    let text = String(repeating: "x", count: limit + 1)
    let error = await #expect(throws: MariaDBError.self) { try await client.query("SELECT LENGTH(\(text))") }
    #expect(error?.code == .packetTooLarge)
    #expect(try await client.query("SELECT LENGTH(\("x"))").rows[0].decode(Int.self, at: 0) == 1)
    await client.shutDown()
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A statement whose rows have been read has no memory for them`(server: TestServer) throws {
    let handle = try ConnectionHandle(server.configuration())
    let statement: SQLStatement = "SELECT REPEAT('x', \(3_000_000))"
    #expect(try handle.query(statement).rows[0].decode(String.self, at: 0).utf8.count == 3_000_000)
    #expect(handle.statements.statement(for: statement.sql)?.holdsRows == false)
    handle.close()
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A connection that has received much is not kept, and one that has sent much is`(
    server: TestServer
  ) async throws {
    let client = MariaDBClient(configuration: .init(try server.configuration()))
    let text = String(repeating: "x", count: 10_000_000)
    #expect(try await client.query("SELECT LENGTH(\(text))").rows[0].decode(Int.self, at: 0) == text.count)
    #expect(client.connectionCount == 1)
    let isSame = try await client.query("SELECT CONCAT(\(text))").rows[0].decode(String.self, at: 0) == text
    #expect(isSame)
    #expect(client.connectionCount == 0)
    await client.shutDown()
  }
}
