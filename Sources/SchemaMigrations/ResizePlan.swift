public import ResultSchema

/// What another length will do to the tables that are there, and what it costs.
public struct ResizePlan: Sendable {
  /// The change of one table.
  public struct Step: Sendable, Hashable {
    /// The table as it is.
    public let table: FoundTable
    /// The statement, without a final semicolon.
    public let statement: String
    /// How the server is expected to do it.
    public let algorithm: AlterAlgorithm
  }

  /// The steps as a migration runs them.
  let migration: MigrationPlan
  /// What is stored and would not fit, column by column.
  public let longValues: [LongValues]
  /// Why it is refused, where it is.
  public internal(set) var refusal: MigrationError?

  init(migration: MigrationPlan, longValues: [LongValues]) {
    self.migration = migration
    self.longValues = longValues
  }

  /// How many characters the columns are to have.
  public var length: Int { migration.schema.taskIDMaxLength }

  /// The changes, one for each table that has another length.
  ///
  /// Empty when all have it.
  public var steps: [Step] {
    migration.steps.compactMap { step in
      guard let table = migration.found.tables[step.tableName] else { return nil }
      return Step(
        table: table,
        statement: migration.schema.statement(of: step),
        algorithm: step.expectedAlgorithm(table, on: migration.schema.facts.dialect)
      )
    }
  }

  /// The plan as SQL that can be fed to the mysql client.
  public var sql: String {
    steps.map { $0.statement + ";\n" }.joined()
  }

  /// Refuses, before anything is changed, what cannot end well.
  func check(_ options: Resizer.Options, _ migratorOptions: Migrator.Options) throws {
    guard migration.fitsResized else { throw MigrationError.doesNotFitResized(migration.schema, options) }
    guard longValues.isEmpty else { throw MigrationError.valuesTooLong(longValues, length: length) }
    try migration.checkCopying(migratorOptions)
  }
}

extension MigrationPlan {
  /// Whether the tables and their indexes fit at the new length; so they do when nothing is to be changed.
  var fitsResized: Bool { steps.isEmpty || schema.fits }
}
