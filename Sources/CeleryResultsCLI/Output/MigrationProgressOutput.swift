import ResultSchema
import SchemaMigrations

/// What `migrate` says while it runs.
struct MigrationProgressOutput {
  /// Whether anything is said: programs get the report alone.
  let isShown: Bool

  func tell(_ progress: MigrationProgress) {
    if case .waiting(let line) = progress { return Terminal.say(line) }
    guard isShown, let line = Self.line(progress) else { return }
    StandardOutput.note(line: line)
  }

  private static func line(_ progress: MigrationProgress) -> String? {
    switch progress {
    case .started, .waiting: nil
    case .running(let percent, let elapsed):
      "  … " + (percent.map { "\($0) %, " } ?? "") + "\(elapsed.components.seconds) s"
    case .copied(let rows): "copied date_done to date_created in \(rows) rows"
    case .recorded(let migrations):
      "noted \(migrations.count == 1 ? migrations[0].rawValue : "\(migrations.count) migrations") "
        + "in \(DjangoMigrations.tableName)"
    case .finished(let step, let algorithm): line(step, algorithm)
    }
  }

  private static func line(_ step: SchemaStep, _ algorithm: AlterAlgorithm?) -> String? {
    switch step.action {
    case .createTable(let table): return "made \(table.name)"
    case .copyDateDone: return nil
    case .alterTable(let name, let changes):
      let before = step.migration.map { "\($0.digits): " } ?? ""
      let way = algorithm.map { " (\($0))" } ?? ""
      return "\(before)\(name): \(changes.map(text).joined(separator: ", "))\(way)"
    }
  }

  private static func text(_ change: TableChange) -> String {
    switch change {
    case .addColumn(let column): "added \(column.name)"
    case .modifyColumn(let column): "made \(column.name) \(column.type.sql)"
    case .dropDefault(let column): "took the default of \(column) away"
    case .dropColumn(let name): "dropped \(name)"
    case .addIndex(let index): "indexed \(index.column)"
    case .dropIndex(let name): "dropped the index \(name)"
    case .dropGeneratedIndexes(let column): "dropped the indexes on \(column)"
    case .engine(let engine): "made it \(engine)"
    case .rowFormat(let format): "gave it \(format.rawValue) rows"
    }
  }
}
