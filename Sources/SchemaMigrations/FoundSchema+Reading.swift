public import MariaDBClient
public import ResultSchema

extension FoundSchema {
  /// Asks the catalogue and Django's ledger, in the database of the connection.
  ///
  /// - Throws: `MariaDBError`.
  public init(_ handle: ConnectionHandle) throws {
    let names = CeleryTables.namesWithChord
    func ask(_ sql: String) throws -> [MariaDBRow] {
      try handle.query(SQLStatement(sql: sql, parameters: names.map { .string($0) })).rows
    }
    var columns: [String: [FoundColumn]] = [:]
    for row in try ask(Self.columnsQuery(count: names.count)) {
      columns[try row.decode(String.self, named: "table_of"), default: []].append(try FoundColumn(row))
    }
    var indexes: [String: [FoundIndex]] = [:]
    for row in try ask(Self.indexesQuery(count: names.count)) {
      indexes[try row.decode(String.self, named: "table_of"), default: []].append(try FoundIndex(row))
    }
    let tables = try ask(Self.tablesQuery(count: names.count)).map { row in
      var table = try FoundTable(row)
      if try row.decode(String.self, named: "kind") == "VIEW" { throw MigrationError.view(table.name) }
      table.columns = columns[table.name] ?? []
      table.indexes = indexes[table.name] ?? []
      return table
    }
    self.init(tables: tables, ledgerNames: try MigrationLedger(handle).names())
  }
}

extension FoundTable {
  fileprivate init(_ row: MariaDBRow) throws {
    let options = try row.decode(String?.self, named: "options") ?? ""
    self.init(
      name: try row.decode(named: "name"),
      engine: StorageEngine(try row.decode(String?.self, named: "engine") ?? ""),
      rowFormat: try row.decode(String?.self, named: "row_format") ?? "",
      statesRowFormat: options.lowercased().contains("row_format="),
      collation: try row.decode(String?.self, named: "collation") ?? "",
      bytesPerCharacter: try row.decode(named: "bytes_per_character"),
      estimatedRows: try row.decode(Int?.self, named: "estimated_rows") ?? 0,
      bytes: try row.decode(Int?.self, named: "bytes") ?? 0,
      nextID: try row.decode(Int?.self, named: "next_id"),
      columns: [],
      indexes: []
    )
  }
}

extension FoundColumn {
  fileprivate init(_ row: MariaDBRow) throws {
    self.init(
      name: try row.decode(named: "name"),
      type: try row.decode(String.self, named: "type").lowercased(),
      characters: try row.decode(String?.self, named: "character_set") == nil
        ? nil : try row.decode(Int?.self, named: "characters"),
      isNullable: try row.decode(String.self, named: "nullable") == "YES",
      defaultValue: try row.decode(String?.self, named: "default_value"),
      isAutoIncrement: try row.decode(String?.self, named: "extra")?.contains("auto_increment") ?? false,
      characterSet: try row.decode(named: "character_set"),
      collation: try row.decode(named: "collation"),
      bytesPerCharacter: try row.decode(named: "bytes_per_character")
    )
  }
}

extension FoundIndex {
  fileprivate init(_ row: MariaDBRow) throws {
    self.init(
      name: try row.decode(named: "name"),
      column: try row.decode(String?.self, named: "indexed_column") ?? "",
      prefixLength: try row.decode(named: "prefix_length"),
      isUnique: try !row.decode(Bool.self, named: "not_unique"),
      type: try row.decode(named: "type")
    )
  }
}
