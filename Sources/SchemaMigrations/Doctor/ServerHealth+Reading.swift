public import MariaDBClient
public import ResultSchema

extension ServerHealth {
  /// Asks the server, in the database of the connection.
  ///
  /// - Parameters:
  ///   - handle: The connection.
  ///   - facts: What the server says of itself.
  ///   - found: What is in the database.
  /// - Throws: `MariaDBError`.
  public init(_ handle: ConnectionHandle, _ facts: ServerFacts, _ found: FoundSchema) throws {
    func ask(_ sql: String) throws -> [MariaDBRow] { try handle.query(text: sql).rows }
    func names(_ rows: [MariaDBRow]) throws -> [String] {
      try rows.map { row throws(MariaDBError) in try row.decode(String.self, at: 0) }
    }
    guard let row = try handle.query(SQLStatement(sql: Self.variablesQuery)).rows.first else {
      throw MariaDBError(.server, explanation: "the server's variables cannot be read")
    }
    let zone = try row.decode(String.self, named: "time_zone")
    var variables: [String: String] = [:]
    for variable in try ask(Self.namedVariablesQuery) {
      variables[try variable.decode(String.self, at: 0)] = try variable.decode(String.self, at: 1)
    }
    let hasLog = try row.decode(Bool.self, named: "log_is_on")
    self.init(
      maxAllowedPacket: try row.decode(named: "packet"),
      isolationLevel: variables["transaction_isolation"] ?? variables["tx_isolation"] ?? "",
      binaryLogFormat: hasLog ? variables["binlog_format"] : nil,
      timeZone: zone == "SYSTEM" ? try row.decode(named: "system_time_zone") : zone,
      sqlMode: try row.decode(named: "sql_mode"),
      rights: Rights(
        grants: try names(try ask("SHOW GRANTS")),
        user: try row.decode(named: "user"),
        database: try row.decode(String?.self, named: "database_name") ?? "",
        tables: CeleryTables.names + found.tables.keys.filter { $0 == CeleryTables.chordName }
      ),
      leftoverTables: try names(
        handle.query(
          SQLStatement(sql: Self.leftoverTablesQuery, parameters: [.string(MigrationLock.tableName)])
        ).rows
      ),
      leftoverTriggers: try names(handle.query(SQLStatement(sql: Self.leftoverTriggersQuery)).rows)
    )
    guard found.tables[CeleryTables.chordCounterName]?.column(named: "count") != nil else { return }
    if let counts = try handle.query(SQLStatement(sql: Self.chordCountersQuery)).rows.first {
      chordCounters = try counts.decode(Int.self, at: 0)
      emptyChordCounters = try counts.decode(Int.self, at: 1)
    }
    if facts.dialect.keepsCheckConstraints {
      let checks = try handle.query(SQLStatement(sql: Self.checksQuery(facts.dialect.flavor))).rows.first
      hasCountCheck = try checks.map { try $0.decode(Int.self, at: 0) > 0 }
    }
  }
}
