import ResultSchema

/// What tables lack that older releases of django-celery-results have made.
struct CatalogGaps: Sendable, Hashable {
  /// The columns that the table of task results lacks, in the order in which they came.
  let columns: [String]
  /// The tables that are not there.
  let tables: [String]
  /// The levels at which the tables look as they do; nil when they do at none.
  let levels: ClosedRange<CeleryMigration>?

  /// Compares tables with those of the newest release.
  ///
  /// - Parameter columns: The names of the columns of each table that is there.
  /// - Returns: Nil when nothing is lacking.
  init?(columns found: [String: Set<String>]) {
    let results = found[CeleryTables.taskResultName] ?? []
    columns = CeleryTables.taskResult(taskIDMaxLength: TaskIDMaxLength.standardLength).columns.map(\.name)
      .filter { !results.contains($0) }
    tables = CeleryTables.names.filter { found[$0] == nil }
    guard !columns.isEmpty || !tables.isEmpty else { return nil }
    levels = SchemaLevel(ledgerNames: [], columns: found).catalogLevels
  }
}

extension CatalogGaps: CustomStringConvertible {
  /// What is lacking, what comes of it and what to do, for the log.
  var description: String {
    var lacks: [String] = []
    if !columns.isEmpty {
      lacks.append("\(CeleryTables.taskResultName) has no \(columns.joined(separator: ", "))")
    }
    lacks += tables.map { "there is no \($0)" }
    return lacks.joined(separator: "; ") + level
      + ": what belongs there is not stored; celery-results migrate adds it"
  }

  private var level: String {
    guard let levels else { return "" }
    return levels.lowerBound == levels.upperBound
      ? " (level \(levels.lowerBound.digits))"
      : " (level \(levels.lowerBound.digits) to \(levels.upperBound.digits))"
  }
}
