/// A step of a migration: one statement, or the copying of one column into another.
public struct SchemaStep: Sendable, Hashable {
  /// What a step does.
  public enum Action: Sendable, Hashable {
    /// Makes a table with all its indexes.
    case createTable(Table)
    /// Changes a table with one statement.
    case alterTable(String, [TableChange])
    /// Gives date_created, where it was just added, the value of date_done.
    case copyDateDone
  }

  /// The migration that the step belongs to; nil for what no migration asks for, such as a row format.
  public var migration: CeleryMigration?
  /// What the step does.
  public var action: Action

  /// Makes a step.
  public init(of migration: CeleryMigration?, _ action: Action) {
    self.migration = migration
    self.action = action
  }

  /// The name of the table that the step makes or changes.
  public var tableName: String {
    switch action {
    case .createTable(let table): table.name
    case .alterTable(let name, _): name
    case .copyDateDone: CeleryTables.taskResultName
    }
  }

  /// What remains to be done of the step; nil when the catalogue shows that it is done.
  ///
  /// What the catalogue cannot show, whether values were copied, always remains: it can be done again.
  ///
  /// - Parameter found: What is in the database.
  public func remaining(in found: FoundSchema) -> SchemaStep? {
    let table = found.tables[tableName]
    switch action {
    case .createTable(let new):
      guard let table else { return self }
      // Django makes the table and its plain indexes with a statement each.
      let missing = new.indexes.filter { $0.kind == .plain }.map(TableChange.addIndex).flatMap(
        table.remaining
      )
      return missing.isEmpty ? nil : SchemaStep(of: migration, .alterTable(new.name, missing))
    case .copyDateDone: return self
    case .alterTable(let name, let changes):
      let remaining = table.map { table in changes.flatMap(table.remaining) } ?? changes
      return remaining.isEmpty ? nil : SchemaStep(of: migration, .alterTable(name, remaining))
    }
  }
}

extension FoundSchema {
  /// Does a step to this description: what the catalogue will say when the server has done it.
  package mutating func apply(_ step: SchemaStep, of schema: CelerySchema) {
    switch step.action {
    case .copyDateDone: break
    case .createTable(let table):
      tables[table.name] = FoundTable(
        table,
        engine: schema.engine ?? schema.facts.defaultEngine,
        rowFormat: schema.rowFormat ?? schema.facts.defaultRowFormat,
        statesRowFormat: schema.rowFormat != nil
      )
    case .alterTable(let name, let changes):
      for change in changes { tables[name]?.apply(change) }
    }
  }
}
