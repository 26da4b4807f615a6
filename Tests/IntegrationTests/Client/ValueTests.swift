import MariaDBClient
import TestSupport
import Testing

/// Every column type of MySQL, both ways, through the binary protocol.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct ValueTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let type: String
    let value: MariaDBValue
    var testDescription: String { type }
  }

  static let cases: [Case] = [
    Case(type: "TINYINT", value: .int(-128)),
    Case(type: "TINYINT UNSIGNED", value: .uint(255)),
    Case(type: "SMALLINT", value: .int(-32_768)),
    Case(type: "MEDIUMINT", value: .int(-8_388_608)),
    Case(type: "MEDIUMINT UNSIGNED", value: .uint(16_777_215)),
    Case(type: "INT", value: .int(-2_147_483_648)),
    Case(type: "BIGINT", value: .int(.min)),
    Case(type: "BIGINT UNSIGNED", value: .uint(.max)),
    Case(type: "YEAR", value: .uint(2026)),
    Case(type: "FLOAT", value: .float(1.5)),
    Case(type: "DOUBLE", value: .double(-1.25e300)),
    Case(
      type: "DECIMAL(65, 30)",
      value: .decimal("-12345678901234567890123456789012345.012345678901234567890123456789")
    ),
    Case(type: "CHAR(10)", value: .string("é")),
    Case(type: "VARCHAR(255)", value: .string("plain \"q\" 🎉 日本")),
    Case(type: "LONGTEXT", value: .string("")),
    Case(type: "ENUM('a', 'b')", value: .string("b")),
    Case(type: "SET('a', 'b')", value: .string("a,b")),
    Case(type: "JSON", value: .string("[1, 2]")),
    Case(type: "VARBINARY(8)", value: .bytes([0, 255, 128])),
    Case(type: "LONGBLOB", value: .bytes([])),
    Case(type: "BIT(10)", value: .bytes([2, 5])),
    Case(type: "TIME", value: .time(MariaDBTime(isNegative: false, hour: 838, minute: 59, second: 59))),
    Case(type: "DATE", value: .date(MariaDBDate(year: 9999, month: 12, day: 31))),
    Case(
      type: "TIME(6)",
      value: .time(MariaDBTime(isNegative: true, hour: 837, minute: 59, second: 58, microsecond: 999_999))
    ),
    Case(
      type: "DATETIME(6)",
      value: .dateTime(
        MariaDBDateTime(
          date: MariaDBDate(year: 2024, month: 2, day: 29),
          hour: 23,
          minute: 59,
          second: 59,
          microsecond: 1
        )
      )
    ),
    Case(
      type: "TIMESTAMP(6) NULL",
      value: .dateTime(
        MariaDBDateTime(
          date: MariaDBDate(year: 2026, month: 1, day: 1),
          hour: 0,
          minute: 0,
          second: 0,
          microsecond: 999_999
        )
      )
    ),
  ]

  @Test(arguments: TestServer.all)
  func `Every type survives a round trip, and NULL too`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      for (number, item) in Self.cases.enumerated() {
        let table = "t\(number)"
        try await database.client.query("CREATE TABLE \(identifier: table) (v \(unescaped: item.type))")
        try await database.client.query("INSERT INTO \(identifier: table) VALUES (\(item.value)), (NULL)")
        let rows = try await database.client.query("SELECT v FROM \(identifier: table)").rows
        #expect(rows.map(\.values) == [[item.value], [.null]], "\(item.type)")
      }
    }
  }

  @Test(arguments: TestServer.all)
  func `Values of many megabytes survive, and small ones after them`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let connection = try await MariaDBConnection.connect(database.configuration)
      try await connection.query("CREATE TABLE t (id INT PRIMARY KEY, v LONGTEXT)")
      let sizes = [3, 15_000_000, 0, 700, 100_000]
      for (id, size) in sizes.enumerated() {
        try await connection.query("INSERT INTO t VALUES (\(id), \(String(repeating: "x", count: size)))")
      }
      let rows = try await connection.query("SELECT v FROM t ORDER BY id").rows
      #expect(try rows.map { try $0.decode(String.self, at: 0).utf8.count } == sizes)
      await connection.close()
    }
  }

  @Test func `A value that does not fit its type is an error that names the column and not the value`()
    async throws
  {
    try await ThrowawayDatabase.with(on: .mariadb1011) { database in
      let row = try #require(
        try await database.client.query("SELECT 77001 AS wide, 'abc' AS word").rows.first
      )
      let wide = #expect(throws: MariaDBError.self) { try row.decode(Int8.self, named: "wide") }
      #expect(wide?.code == .decodingFailed)
      #expect(wide?.description.contains("wide") == true)
      #expect(wide?.description.contains("77001") == false)
      #expect(throws: MariaDBError.self) { try row.decode(Int.self, named: "word") }
      #expect(throws: MariaDBError.self) { try row.decode(Int.self, named: "missing") }
      let (number, word) = try row.decode(Int.self, String.self)
      #expect(number == 77001)
      #expect(word == "abc")
    }
  }

  @Test func `The text protocol reads the same rows`() async throws {
    try await ThrowawayDatabase.with(on: .mysql97) { database in
      let result = try await database.client.run { try $0.query(text: "SELECT 1, 'é', NULL, x'00ff', -5") }
      #expect(
        result.rows.map(\.values) == [[.int(1), .string("é"), .null, .bytes([0, 255]), .int(-5)]]
      )
    }
  }
}
