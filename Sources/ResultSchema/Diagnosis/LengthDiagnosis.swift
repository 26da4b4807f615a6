/// A column whose length is the setting.
struct IDColumn: Hashable {
  let table: String
  let column: Column
  let found: FoundColumn

  var length: Int { found.characters ?? 0 }
  var place: String { "\(table).\(column.name)" }
}

extension FoundSchema {
  /// The columns whose length is the setting, as they are.
  func idColumns(at level: CeleryMigration) -> [IDColumn] {
    let length = TaskIDMaxLength.standardLength
    let expected = CeleryTables.all(at: level, taskIDMaxLength: length)
    return (expected + [CeleryTables.chord(taskIDMaxLength: length)]).flatMap { table in
      table.columns.filter(\.hasTaskIDLength).compactMap { column in
        guard let found = tables[table.name]?.column(named: column.name), found.characters != nil,
          found.type.hasPrefix("varchar")
        else { return nil }
        return IDColumn(table: table.name, column: column, found: found)
      }
    }
  }
}

/// Lengths of task_id, task_name and group_id that differ from one another or from the setting.
struct LengthDiagnosis {
  let columns: [IDColumn]
  /// The tables with the length that they should have.
  let schema: CelerySchema
  let statedLength: Int?

  var findings: [Finding] {
    let wanted = schema.taskIDMaxLength
    guard columns.contains(where: { $0.length != wanted }) else { return [] }
    let lengths = columns.map { "\($0.place) has \($0.length)" }.joined(separator: ", ")
    let setting = statedLength.map { "; \(TaskIDMaxLength.variable) says \($0)" } ?? ""
    return [
      Finding(
        .length,
        at: "task_id, task_name, group_id",
        "these columns should be of one length: \(lengths)\(setting)",
        because: "an id or a name that one table takes is refused by another (error 1406), and Django's own "
          + "migrations write the setting's length",
        command: "celery-results resize \(wanted)",
        repairs: lengthening
      )
    ]
  }

  /// SQL where it is enough to make columns longer; making them shorter needs a look at what they hold.
  private var lengthening: [Repair] {
    let wanted = schema.taskIDMaxLength
    guard !columns.contains(where: { $0.length > wanted }) else { return [] }
    let fits = columns.allSatisfy { column in
      schema.keyLengthRule(for: column.table)
        .largestLength(bytesPerCharacter: column.found.bytesPerCharacter ?? schema.facts.bytesPerCharacter)
        >= wanted
    }
    guard fits else { return [] }
    return CeleryTables.namesWithChord.compactMap { table in
      let changes = columns.filter { $0.table == table && $0.length < wanted }.map { column in
        TableChange.modifyColumn(column.column.keepingText(of: column.found, type: .varchar(wanted)))
      }
      return changes.isEmpty ? nil : Repair(table, changes)
    }
  }
}

extension Column {
  /// The column with the character set and the collation that it has, for a MODIFY that leaves them alone.
  func keepingText(of found: FoundColumn, type: ColumnType? = nil) -> Column {
    var column = self
    column.type = type ?? column.type
    column.characterSet = found.characterSet
    column.collation = found.collation
    // A CHECK that is named again would be a second one.
    column.check = nil
    return column
  }
}
