/// What is wrong with one table.
struct TableDiagnosis {
  /// The table as it should be; the lengths of task_id, task_name and group_id do not count.
  let expected: Table
  /// The names of columns and indexes that may be there.
  let tolerated: Set<String>
  /// The table as it is.
  let found: FoundTable
  let schema: CelerySchema
  /// Whether a migration was begun: what it adds comes with defaults.
  let isOnItsWay: Bool
  /// Whether `count` has its CHECK constraint; nil where that was not asked.
  let hasCountCheck: Bool?

  /// What was found, in the order in which it is best mended.
  var findings: [Finding] {
    storageFindings + columnFindings + textFindings + indexFindings
  }

  /// Where a column is.
  func place(_ column: String) -> String { "\(found.name).\(column)" }

  /// A column for a MODIFY: with the length, the character set and the collation that it has.
  func modified(_ column: Column, _ there: FoundColumn) -> Column {
    var modified = column.keepingText(of: there)
    if column.hasTaskIDLength, let characters = there.characters, there.type.hasPrefix("varchar") {
      modified.type = .varchar(characters)
    }
    // MariaDB has the CHECK in the column, MySQL beside it: named again it would be a second one there.
    modified.check = schema.facts.dialect.flavor == .mariaDB ? column.check : nil
    return modified
  }
}
