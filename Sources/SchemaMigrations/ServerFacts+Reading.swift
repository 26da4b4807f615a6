public import MariaDBClient
public import ResultSchema

extension ServerFacts {
  /// Asks the server, in the database of the connection.
  ///
  /// - Throws: `MariaDBError`, also when the server's version cannot be understood.
  public init(_ handle: ConnectionHandle) throws {
    let row = try handle.query(SQLStatement(sql: ServerFacts.query)).rows[0]
    let facts = ServerFacts(
      version: try row.decode(named: "version"),
      pageSize: try row.decode(named: "page_size"),
      defaultRowFormat: try row.decode(named: "default_row_format"),
      defaultEngine: try row.decode(named: "default_engine"),
      sqlMode: try row.decode(named: "sql_mode"),
      innoDBStrict: try row.decode(named: "innodb_strict"),
      characterSet: try row.decode(named: "character_set"),
      collation: try row.decode(named: "collation"),
      bytesPerCharacter: try row.decode(named: "bytes_per_character")
    )
    guard let facts else {
      throw MariaDBError(
        .server,
        explanation: "the server's version cannot be understood: \(handle.serverVersion)"
      )
    }
    self = facts
  }
}
