/// What is wrong with the tables, the ledger and the server: a pure value, made of what was read.
public struct Diagnosis: Sendable, Hashable {
  /// What is in the database.
  public let found: FoundSchema
  /// The tables as they should be, at the level that ledger and tables show.
  public let schema: CelerySchema
  /// What was found, in the order in which it is best mended.
  public private(set) var findings: [Finding] = []

  /// What should be mended.
  public var faults: [Finding] { findings.filter { !$0.isRemark } }
  /// What is worth knowing, and no fault.
  public var remarks: [Finding] { findings.filter(\.isRemark) }

  /// Compares what is there with what should be.
  ///
  /// - Parameters:
  ///   - found: The tables and the ledger.
  ///   - facts: What the server says of itself.
  ///   - health: What else was asked of the server; nil to leave it out.
  ///   - statedLength: The value of DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH, nil where it is not set.
  public init(
    found: FoundSchema,
    facts: ServerFacts,
    health: ServerHealth? = nil,
    statedLength: Int? = nil
  ) {
    self.found = found
    let comparison = LevelComparison(found, facts)
    let idColumns = found.idColumns(at: comparison.level)
    let length = found.taskIDLength ?? idColumns.first?.length ?? statedLength
    var schema = CelerySchema(
      facts: facts,
      taskIDMaxLength: length ?? TaskIDMaxLength.standardLength,
      level: comparison.level,
      found: found.tables
    )
    self.schema = schema
    if found.level.state != .absent {
      findings += MissingTables(found: found, comparison: comparison, schema: schema).findings
      let tables = CeleryTables.all(at: comparison.level, taskIDMaxLength: schema.taskIDMaxLength)
      for table in tables + [CeleryTables.chord(taskIDMaxLength: schema.taskIDMaxLength)] {
        guard let there = found.tables[table.name] else { continue }
        var expected = table
        // Prefixes are for columns of the lengths that are there.
        expected.indexes = schema.withPrefixes(schema.asFound(table)).indexes
        findings +=
          TableDiagnosis(
            expected: comparison.common(expected),
            tolerated: comparison.tolerated(table),
            found: there,
            schema: schema,
            isOnItsWay: comparison.next != nil,
            hasCountCheck: health?.hasCountCheck
          ).findings
      }
      schema.taskIDMaxLength = statedLength ?? idColumns.map(\.length).max() ?? schema.taskIDMaxLength
      findings += LengthDiagnosis(columns: idColumns, schema: schema, statedLength: statedLength).findings
    }
    findings += LedgerDiagnosis(found: found, level: comparison.level).findings
    if let health { findings += HealthDiagnosis(health: health, facts: facts, found: found).findings }
  }
}
