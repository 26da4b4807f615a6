package import ResultSchema

extension MigrationPlan {
  /// Makes the plan for another length of task_id, task_name and group_id in the tables that are there: one
  /// statement for each table that has another length.
  ///
  /// Character sets, collations and NULL stay as they are found.
  ///
  /// - Parameters:
  ///   - found: What is in the database.
  ///   - facts: The server.
  ///   - length: How many characters the columns are to have.
  /// - Throws: ``MigrationError`` with the code ``MigrationError/Code/otherLevel`` where there are no tables, or
  ///   they contradict the ledger.
  package init(resizing found: FoundSchema, facts: ServerFacts, to length: Int) throws {
    guard found.hasTables else { throw MigrationError.noTables }
    guard let level = found.level.shown else { throw MigrationError.contradiction(found.level) }
    var schema = CelerySchema(facts: facts, taskIDMaxLength: length, level: level, found: found.tables)
    schema.resizesFoundTables = true
    schema.hasChordTable = found.tables[CeleryTables.chordName] != nil
    self.init(nothingTo: found, schema: schema)
    let tables = CeleryTables.all(at: level, taskIDMaxLength: length)
    for table in tables + [CeleryTables.chord(taskIDMaxLength: length)] {
      guard let there = found.tables[table.name] else { continue }
      let changes = table.columns.filter(\.hasTaskIDLength).compactMap { column -> TableChange? in
        guard let found = there.column(named: column.name) else { return nil }
        var column = column
        column.isNullable = found.isNullable
        return .modifyColumn(column)
      }
      add(SchemaStep(of: nil, .alterTable(table.name, changes)))
    }
  }
}

extension SchemaLevel {
  /// The level that the tables show; nil when ledger and tables contradict each other.
  fileprivate var shown: CeleryMigration? {
    switch state {
    case .current: .newest
    case .at(let migration), .begun(let migration): migration
    case .tablesWithoutLedger(let levels), .tablesAhead(let levels): levels.upperBound
    case .absent, .ledgerWithoutTables, .unknown: nil
    }
  }
}
