import MariaDBClient

extension MariaDBConnection {
  /// How many statements with parameters the server has run; this one has none.
  func statementCount() async throws -> Int {
    try await run { handle in
      let rows = try handle.query(text: "SHOW GLOBAL STATUS LIKE 'Com_stmt_execute'").rows
      return try Int(rows[0].decode(String.self, at: 1)) ?? 0
    }
  }
}
