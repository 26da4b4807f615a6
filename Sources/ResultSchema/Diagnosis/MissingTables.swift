/// Tables that are not there although the ledger or the other tables say that they were made.
struct MissingTables {
  let found: FoundSchema
  let comparison: LevelComparison
  let schema: CelerySchema

  var findings: [Finding] {
    let short = schema.facts.defaultRowFormat.hasShortIndexColumns
    var new = schema
    new.found = [:]
    new.engine = schema.facts.defaultEngine == .innoDB ? nil : .innoDB
    new.rowFormat = short ? .dynamic : nil
    let generator = SchemaGenerator(engine: new.engine, rowFormat: new.rowFormat)
    return new.tables.filter { found.tables[$0.name] == nil }.map { table in
      let fits = new.report.first { $0.tableName == table.name }?.fits ?? true
      return Finding(
        .missingTable,
        at: table.name,
        "the table is not there, and level \(comparison.level.digits) has it",
        because: "whatever is stored in it fails with error 1146; what it held is only in a backup",
        isSafe: fits,
        repairs: [Repair(generator.createTable(table))]
      )
    }
  }
}
