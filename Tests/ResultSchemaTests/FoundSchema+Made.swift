import ResultSchema

extension FoundSchema {
  /// What the catalogue says of tables as they should be.
  static func made(
    at level: CeleryMigration = .newest,
    length: Int = 255,
    rowFormat: String = "Dynamic"
  ) -> FoundSchema {
    let tables = CeleryTables.all(at: level, taskIDMaxLength: length).map { table in
      FoundTable(
        name: table.name,
        rowFormat: rowFormat,
        nextID: 1,
        columns: table.columns.map(FoundColumn.made),
        indexes: table.indexes.map { index in
          FoundIndex(
            name: index.name,
            column: index.column,
            prefixLength: index.prefixLength,
            isUnique: index.kind != .plain,
            type: "BTREE"
          )
        }
      )
    }
    return FoundSchema(
      tables: tables,
      ledgerNames: CeleryMigration.allCases.filter { $0 <= level }.map(\.rawValue)
    )
  }

  /// Changes a table.
  mutating func change(_ name: String, _ change: (inout FoundTable) -> Void) {
    guard var table = tables[name] else { return }
    change(&table)
    tables[name] = table
  }
}

extension FoundColumn {
  fileprivate static func made(_ column: Column) -> FoundColumn {
    let isText = column.type.characters != nil || column.type == .longtext
    return FoundColumn(
      name: column.name,
      type: column.type.sql,
      characters: isText ? column.type.characters ?? Int(UInt32.max) : nil,
      isNullable: column.isNullable,
      isAutoIncrement: column.isAutoIncrement,
      characterSet: isText ? "utf8mb4" : nil,
      collation: isText ? "utf8mb4_general_ci" : nil,
      bytesPerCharacter: isText ? 4 : nil
    )
  }
}
