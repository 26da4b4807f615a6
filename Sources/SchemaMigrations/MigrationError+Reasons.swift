import MariaDBClient
import ResultSchema

extension MigrationError {
  static func contradiction(_ level: SchemaLevel) -> MigrationError {
    MigrationError(
      .otherLevel,
      "\(level). Nothing was changed. What is missing, and the SQL that puts it right, is said by: "
        + "celery-results doctor"
    )
  }

  static func view(_ name: String) -> MigrationError {
    MigrationError(
      .otherLevel,
      "\(name) is a view, and only a table can be migrated. Nothing was changed: rename the view, or name the "
        + "database that has the table."
    )
  }

  static func unknownEngine(_ engine: StorageEngine, known: [String]) -> MigrationError {
    MigrationError(
      .unknownEngine,
      "This server has no storage engine \(engine). It has: \(known.joined(separator: ", ")). Nothing was changed."
    )
  }

  static func backwards(_ level: SchemaLevel, to target: CeleryMigration) -> MigrationError {
    MigrationError(
      .otherLevel,
      "\(level), which is beyond \(target.rawValue). Nothing was changed: migrations are only taken back by "
        + "Django, with manage.py migrate \(CeleryMigration.app) \(target.digits)"
    )
  }

  static func doesNotFit(_ schema: CelerySchema, _ options: Migrator.Options) -> MigrationError {
    let explanation = KeyLengthExplanation(
      schema: schema,
      command: options.command,
      settingValue: options.taskIDMaxLength.statedLength.map(String.init)
    )
    return MigrationError(
      .doesNotFit,
      "\(explanation)\nNothing was changed.",
      remedies: schema.remedies
    )
  }

  /// A column holds values that are longer than it is to be.
  static func valueTooLong(_ values: LongValues) -> MigrationError {
    let cut = values.cutStatement.map { ", or cut them:\n  \($0)" } ?? ""
    return MigrationError(
      .valueTooLong,
      """
      \(values.tableName).\(values.columnName) is to have \(values.length) characters, and \(values.rows) rows \
      have more, at most \(values.longest). Nothing was changed.
      Take a length of \(values.longest) or more (\(TaskIDMaxLength.variable)), delete these rows\(cut)
      """
    )
  }

  /// A statement would copy a big table while nobody can store.
  static func copying(_ table: FoundTable, _ step: SchemaStep, _ options: Migrator.Options) -> MigrationError
  {
    let hint = OnlineSchemaChange(options.place, table: table.name, step)
    return MigrationError(
      .copiesTable,
      """
      \(table.name) has \(table.bytes / 1_048_576) MiB and about \(table.estimatedRows) rows. This server can \
      only copy it to change it so, and nobody can store meanwhile. This does the same while others store \
      (Debian: apt-get install percona-toolkit), if no value is cut by it:
        \(hint.command)
      Then run this again. Or let the server copy it: add --allow-copy.
      """
    )
  }

  /// What a run had done when it stopped.
  static func progress(_ report: MigrationReport, stoppedAt item: MigrationPlan.Item) -> String {
    let changed = report.stepsDone.filter { step in
      if case .alterTable = step.action { step.migration == nil } else { false }
    }
    let applied =
      changed.map { "changed \($0.tableName)" } + report.tablesMade.map { "made \($0)" }
      + report.recorded.map(\.rawValue)
    var text = "Applied: \(applied.isEmpty ? "nothing" : applied.joined(separator: ", "))."
    switch item {
    case .record(let migrations):
      text +=
        " Stopped when \(migrations.map(\.digits).joined(separator: ", ")) was to be written into "
        + "\(DjangoMigrations.tableName)."
    case .step(let step):
      text += " Stopped at \(step.migration?.rawValue ?? "a step for \(step.tableName)")."
    }
    return text + " Running it again goes on from there."
  }
}
