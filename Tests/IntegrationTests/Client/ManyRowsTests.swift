import MariaDBClient
import TestSupport
import Testing

/// Statements that are executed for many rows of parameters at once.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct ManyRowsTests {
  static let insert = "INSERT INTO many (number, name, at) VALUES (?, ?, ?)"
  static let moment = MariaDBDateTime(
    date: MariaDBDate(year: 2026, month: 2, day: 3),
    hour: 4,
    minute: 5,
    second: 6,
    microsecond: 5
  )

  /// What becomes of a connection to a table of numbers, names and moments.
  func withTable(
    on server: TestServer,
    _ body: @Sendable (ConnectionHandle) throws -> Void
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let connection = try await MariaDBConnection.connect(database.configuration)
      try await connection.run { handle in
        try handle.query(
          text: "CREATE TABLE many (number BIGINT, name LONGTEXT, at DATETIME(6)) ENGINE=InnoDB"
        )
        try body(handle)
      }
      await connection.close()
    }
  }

  @Test(arguments: TestServer.all)
  func `Rows of one type are stored, with NULL among them`(server: TestServer) async throws {
    try await withTable(on: server) { handle in
      #expect(handle.executesManyRows == server.name.hasPrefix("mariadb"))
      guard handle.executesManyRows else { return }
      let large = String(repeating: "é", count: 700_000)
      let result = try handle.query(Self.insert, rowCount: 600) { row, parameters in
        if row.isMultiple(of: 2) {
          parameters.appendNull(of: .integer)
        } else {
          parameters.append(Int64(row))
        }
        if row.isMultiple(of: 3) {
          parameters.appendNull(of: .text)
        } else {
          parameters.append(row == 1 ? large : "n\(row)")
        }
        if row.isMultiple(of: 5) {
          parameters.appendNull(of: .dateTime)
        } else {
          parameters.append(Self.moment)
        }
      }
      #expect(result.affectedRows == 600)
      let rows = try handle.query("SELECT number, name, at FROM many").rows
      #expect(rows.count == 600)
      for (row, stored) in rows.enumerated() {
        #expect(try stored.decode(Int64?.self, at: 0) == (row.isMultiple(of: 2) ? nil : Int64(row)))
        #expect(
          try stored.decode(String?.self, at: 1)
            == (row.isMultiple(of: 3) ? nil : row == 1 ? large : "n\(row)")
        )
        #expect(
          try stored.decode(MariaDBDateTime?.self, at: 2) == (row.isMultiple(of: 5) ? nil : Self.moment)
        )
      }
      // The same text with one row, and with another number of rows.
      try handle.query(SQLStatement(sql: Self.insert, parameters: [.int(7), .null, .null]))
      try handle.query(Self.insert, rowCount: 2) { row, parameters in
        parameters.append(Int64(row))
        parameters.append("")
        parameters.append(Self.moment)
      }
      let stored = try handle.query("SELECT name FROM many").rows.map { try $0.decode(String?.self, at: 0) }
      #expect(stored.count == 603)
      #expect(stored.count { $0?.isEmpty == true } == 2)
    }
  }

  @Test(arguments: TestServer.all)
  func `What one row is refused for leaves none behind`(server: TestServer) async throws {
    try await withTable(on: server) { handle in
      guard handle.executesManyRows else { return }
      try handle.query(text: "ALTER TABLE many ADD UNIQUE (number)")
      let error = #expect(throws: MariaDBError.self) {
        try handle.query(Self.insert, rowCount: 100) { row, parameters in
          parameters.append(row == 90 ? 3 : Int64(row))
          parameters.append("")
          parameters.append(Self.moment)
        }
      }
      #expect(error?.errno == 1_062)
      let stored = try handle.query("SELECT 1 FROM many").rows.count
      #expect(stored == 0)
    }
  }

  @Test(arguments: TestServer.all, [31, 127, 128, 500, 511])
  func `Of the ids that are reserved for new rows few are lost`(server: TestServer, count: Int) async throws {
    try await withTable(on: server) { handle in
      guard handle.executesManyRows else { return }
      try handle.query(text: "ALTER TABLE many ADD id INT AUTO_INCREMENT PRIMARY KEY")
      try handle.query(Self.insert, rowCount: count) { row, parameters in
        parameters.append(Int64(row))
        parameters.append("")
        parameters.append(Self.moment)
      }
      let next = try handle.query("INSERT INTO many (name) VALUES ('next')").lastInsertID
      // What is reserved is 2ⁿ - 1.
      #expect(next == [31: 32, 127: 128, 128: 256, 500: 512, 511: 512][count])
    }
  }

  @Test(arguments: TestServer.all)
  func `A table that changes between two executions is no reason to fail`(server: TestServer) async throws {
    try await withTable(on: server) { handle in
      guard handle.executesManyRows else { return }
      for change in ["ADD more INT", "MODIFY number INT", "DROP COLUMN more"] {
        try handle.query(Self.insert, rowCount: 40) { row, parameters in
          parameters.append(Int64(row))
          parameters.append("")
          parameters.append(Self.moment)
        }
        try handle.query(text: "ALTER TABLE many \(change)")
      }
      let stored = try handle.query("SELECT 1 FROM many").rows.count
      #expect(stored == 120)
    }
  }

  @Test(arguments: TestServer.all, [0, 1, 2])
  func `Rows that differ in their types or number of values are not sent`(
    server: TestServer,
    fault: Int
  ) async throws {
    try await withTable(on: server) { handle in
      guard handle.executesManyRows else { return }
      #expect(throws: MariaDBError.self) {
        try handle.query(Self.insert, rowCount: 3) { row, parameters in
          if row == 2 && fault == 0 { parameters.append("text") } else { parameters.append(Int64(row)) }
          parameters.append("name")
          if row == 2 && fault == 1 { return }
          parameters.append(Self.moment)
          if row == 2 && fault == 2 { parameters.append(1) }
        }
      }
      let stored = try handle.query("SELECT 1 FROM many").rows.count
      #expect(stored == 0)
      #expect(!handle.isBroken)
    }
  }
}
