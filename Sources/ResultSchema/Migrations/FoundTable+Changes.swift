extension FoundTable {
  /// What remains to be done of a change; empty when the catalogue shows that it is done.
  func remaining(of change: TableChange) -> [TableChange] {
    switch change {
    case .dropGeneratedIndexes(let column): generatedIndexes(on: column).map { .dropIndex($0.name) }
    case .modifyColumn(let column): isLike(column) ? [] : [.modifyColumn(keepingCollation(column))]
    default: isDone(change) ? [] : [change]
    }
  }

  private func isDone(_ change: TableChange) -> Bool {
    switch change {
    case .addColumn(let column): self.column(named: column.name) != nil
    case .modifyColumn(let column): isLike(column)
    case .dropDefault(let name): column(named: name)?.defaultValue == nil
    case .dropColumn(let name): column(named: name) == nil
    case .addIndex(let index):
      // What Django made up a name for may have another name here.
      index.hasGeneratedName
        ? !generatedIndexes(on: index.column).isEmpty
        : indexes.contains { $0.name == index.name && $0.column == index.column }
    case .dropIndex(let name): !indexes.contains { $0.name == name }
    case .dropGeneratedIndexes(let column): generatedIndexes(on: column).isEmpty
    case .engine(let engine): self.engine == engine
    case .rowFormat(let format): RowFormat(name: rowFormat) == format && statesRowFormat
    }
  }

  private func isLike(_ column: Column) -> Bool {
    guard let found = self.column(named: column.name) else { return true }
    return found.plainType == column.type.sql && found.isNullable == column.isNullable
  }

  private func keepingCollation(_ column: Column) -> Column {
    var column = column
    guard let found = self.column(named: column.name), let collation = found.collation,
      collation != self.collation
    else { return column }
    column.characterSet = found.characterSet
    column.collation = collation
    return column
  }

  /// Does a change to this description: what the catalogue will say when the server has done it.
  mutating func apply(_ change: TableChange) {
    switch change {
    case .addColumn(let column): columns.append(FoundColumn(column))
    case .modifyColumn(let column):
      guard let place = columns.firstIndex(where: { $0.name == column.name }) else { return }
      var modified = FoundColumn(column)
      modified.characterSet = columns[place].characterSet
      modified.collation = columns[place].collation
      modified.bytesPerCharacter = columns[place].bytesPerCharacter
      columns[place] = modified
    case .dropDefault(let name):
      guard let place = columns.firstIndex(where: { $0.name == name }) else { return }
      columns[place].defaultValue = nil
    case .dropColumn(let name):
      columns.removeAll { $0.name == name }
      indexes.removeAll { $0.column == name }
    case .addIndex(let index): indexes.append(FoundIndex(index))
    case .dropIndex(let name): indexes.removeAll { $0.name == name }
    case .dropGeneratedIndexes(let column):
      let names = Set(generatedIndexes(on: column).map(\.name))
      indexes.removeAll { names.contains($0.name) }
    case .engine(let engine): self.engine = engine
    case .rowFormat(let format):
      rowFormat = format.rawValue
      statesRowFormat = true
    }
  }

  /// Makes the description of a table that is yet to be made.
  init(_ table: Table, engine: StorageEngine, rowFormat: RowFormat, statesRowFormat: Bool) {
    self.init(
      name: table.name,
      engine: engine,
      rowFormat: rowFormat.rawValue,
      statesRowFormat: statesRowFormat,
      columns: table.columns.map(FoundColumn.init),
      indexes: table.indexes.map(FoundIndex.init)
    )
  }
}

extension FoundColumn {
  init(_ column: Column) {
    self.init(
      name: column.name,
      type: column.type.sql,
      characters: column.type.characters,
      isNullable: column.isNullable,
      defaultValue: column.defaultValue,
      isAutoIncrement: column.isAutoIncrement
    )
  }
}

extension FoundIndex {
  init(_ index: Index) {
    self.init(
      name: index.name,
      column: index.column,
      prefixLength: index.prefixLength,
      isUnique: index.kind != .plain,
      type: "BTREE"
    )
  }
}
