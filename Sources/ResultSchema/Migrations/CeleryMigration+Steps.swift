extension CeleryMigration {
  /// The migration's steps, each one statement: what the tables have after it and did not have before.
  ///
  /// Columns come first and go last, each with a statement of their own, since servers add and drop columns
  /// without touching the rows as long as no index is made or dropped with them.
  ///
  /// - Parameter taskIDMaxLength: Characters of task_id, task_name and group_id.
  public func steps(taskIDMaxLength: Int) -> [SchemaStep] {
    let after = CeleryTables.all(at: self, taskIDMaxLength: taskIDMaxLength)
    let before = CeleryMigration(number: number - 1).map {
      CeleryTables.all(at: $0, taskIDMaxLength: taskIDMaxLength)
    }
    let actions = after.flatMap { table in
      let old = before?.first { $0.name == table.name }
      return old.map { Self.actions(from: $0, to: table) } ?? [.createTable(table)]
    }
    return (actions + duplicateIndexActions).map { SchemaStep(of: self, $0) }
  }

  private var duplicateIndexActions: [SchemaStep.Action] {
    guard self == .removeDuplicateIndices else { return [] }
    return CeleryTables.names.compactMap { table in
      CeleryTables.duplicateIndexes[table].map { .alterTable(table, [.dropIndex($0)]) }
    }
  }

  private static func actions(from old: Table, to new: Table) -> [SchemaStep.Action] {
    let added = new.columns.filter { old.column(named: $0.name) == nil }
    let dropped = old.columns.filter { new.column(named: $0.name) == nil }
    let modified = new.columns.filter { column in
      old.column(named: column.name).map { $0.type != column.type } ?? false
    }
    let copied = added.filter { $0.name == CopiedDates.column }
    var changes = modified.map(TableChange.modifyColumn)
    changes += copied.map { .dropDefault(ofColumn: $0.name) }
    changes += old.indexes.filter { new.index(named: $0.name) == nil }.map(dropping)
    changes += new.indexes.filter { old.index(named: $0.name) == nil }.map(TableChange.addIndex)
    let copy = copied.map { _ in SchemaStep.Action.copyDateDone }
    return alter(new.name, added.map { .addColumn(copied.contains($0) ? CopiedDates.withDefault($0) : $0) })
      + copy + alter(new.name, changes)
      // Again for what was stored before the default went.
      + copy + alter(new.name, dropped.map { .dropColumn($0.name) })
  }

  private static func alter(_ table: String, _ changes: [TableChange]) -> [SchemaStep.Action] {
    changes.isEmpty ? [] : [.alterTable(table, changes)]
  }

  private static func dropping(_ index: Index) -> TableChange {
    index.hasGeneratedName ? .dropGeneratedIndexes(onColumn: index.column) : .dropIndex(index.name)
  }
}
