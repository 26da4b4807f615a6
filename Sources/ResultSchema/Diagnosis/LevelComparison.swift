/// With which level the tables are to be compared.
struct LevelComparison {
  /// The level that the tables and the ledger show.
  let level: CeleryMigration
  /// The level that the tables are on their way to, nil where they are on none.
  let next: CeleryMigration?

  init(_ found: FoundSchema, _ facts: ServerFacts) {
    let state = found.level
    let applied = state.ledgerNames.compactMap(CeleryMigration.init(rawValue:)).max()
    switch state.state {
    case .begun(let migration):
      level = CeleryMigration(number: migration.number - 1) ?? migration
      next = migration
    case .tablesAhead(let levels), .tablesWithoutLedger(let levels):
      level = Self.shown(levels, found, facts)
      next = nil
    default:
      // A ledger with a gap: the tables may be ahead of its last row as well.
      if let levels = state.catalogLevels, levels.lowerBound > applied ?? .newest {
        level = Self.shown(levels, found, facts)
      } else {
        level = applied ?? state.catalogLevels?.upperBound ?? .newest
      }
      next = nil
    }
  }

  /// The highest of the levels that no index says is not reached.
  private static func shown(
    _ levels: ClosedRange<CeleryMigration>,
    _ found: FoundSchema,
    _ facts: ServerFacts
  ) -> CeleryMigration {
    let reached = CeleryMigration.allCases.filter { levels.contains($0) }.filter { level in
      CeleryTables.all(at: level, taskIDMaxLength: 1).allSatisfy { table in
        guard let there = found.tables[table.name] else { return true }
        return table.indexes.allSatisfy { index in there.indexes.contains { $0.column == index.column } }
      }
    }
    return reached.last ?? levels.lowerBound
  }

  /// The table without what the next level takes away.
  func common(_ table: Table) -> Table {
    guard let after = after(table) else { return table }
    var table = table
    table.columns.removeAll { after.column(named: $0.name) == nil }
    table.indexes.removeAll { after.index(named: $0.name) == nil }
    return table
  }

  /// The names of columns and indexes that may be there.
  func tolerated(_ table: Table) -> Set<String> {
    let tables = [table] + [after(table)].compactMap(\.self)
    var names = Set(tables.flatMap { $0.columns.map(\.name) + $0.indexes.map(\.name) })
    // Django's own 0010 takes these away, and fails where they are gone.
    if level < .removeDuplicateIndices, let index = CeleryTables.duplicateIndexes[table.name] {
      names.insert(index)
    }
    return names
  }

  private func after(_ table: Table) -> Table? {
    next.flatMap { next in
      CeleryTables.all(at: next, taskIDMaxLength: TaskIDMaxLength.standardLength)
        .first { $0.name == table.name }
    }
  }
}
