import ResultSchema

extension MigrationPlan {
  /// Refuses, before anything is changed, to have a big table copied while nobody can store.
  ///
  /// - Throws: ``MigrationError`` with the code ``MigrationError/Code/copiesTable``.
  func checkCopying(_ options: Migrator.Options) throws {
    for step in steps {
      if let table = found.tables[step.tableName], table.bytes > options.copyLimit,
        step.copies(table, on: schema.facts.dialect)
      {
        throw MigrationError.copying(table, step, options)
      }
    }
  }
}
