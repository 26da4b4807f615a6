import CeleryResults
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
    case .running(let percent): "  … \(percent) %"
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

/// What `migrate` says at the end.
struct MigrationReportOutput: Reportable {
  let report: MigrationReport

  var lines: [String] {
    var lines: [String] = []
    if report.stepsDone.isEmpty, report.recorded.isEmpty {
      lines.append("Nothing to do: the tables are at level \(report.level.digits).")
    }
    lines.append("Task ids have up to \(report.taskIDMaxLength) characters.")
    if let prefix = report.periodicTaskNamePrefix {
      lines.append("The index on periodic_task_name covers its first \(prefix) characters: more do not fit.")
    }
    if let stated = report.otherStatedLength {
      lines.append(
        "\(TaskIDMaxLength.variable) says \(stated): Django and Python workers should be told "
          + "\(report.taskIDMaxLength), which the tables have; or: celery-results resize \(stated)"
      )
    }
    return lines
  }

  var json: PythonValue {
    [
      "level": .text(report.level.rawValue),
      "tables_made": .texts(report.tablesMade),
      "migrations_applied": .texts(report.recorded.map(\.rawValue)),
      "ledger_rows_written": .number(report.ledgerRowsWritten),
      "task_id_max_length": .number(report.taskIDMaxLength),
      "periodic_task_name_prefix": .number(report.periodicTaskNamePrefix),
    ]
  }
}

/// What `migrate --plan` says.
struct MigrationPlanOutput: Reportable {
  let plan: MigrationPlan

  var lines: [String] {
    guard !plan.items.isEmpty else {
      return ["Nothing to do: \(plan.found.level)."]
    }
    var lines = ["Now \(plan.found.level). To be done:"]
    for table in CeleryTables.names.compactMap({ plan.found.tables[$0] }) {
      lines.append("(\(table.name) has about \(table.estimatedRows) rows, \(table.bytes / 1024) KiB)")
    }
    var heading: String?
    for item in plan.items {
      if case .step(let step) = item {
        let migration = step.migration?.rawValue ?? step.tableName
        if migration != heading { lines.append("\(migration):") }
        heading = migration
        let statements = plan.statements(of: item).map { $0 + ";" }
        lines += statements.flatMap { $0.split(separator: "\n") }.map { "  \($0)" }
      } else if case .record(let migrations) = item {
        heading = nil
        lines.append(
          "note in \(DjangoMigrations.tableName): \(migrations.map(\.digits).joined(separator: ", "))"
        )
      }
    }
    return lines
  }

  var json: PythonValue {
    [
      "level": .text("\(plan.found.level)"),
      "items": .array(
        plan.items.map { item in
          switch item {
          case .record(let migrations): ["record": .texts(migrations.map(\.rawValue))]
          case .step(let step):
            [
              "migration": .text(step.migration?.rawValue),
              "table": .text(step.tableName),
              "sql": .texts(plan.statements(of: item)),
            ]
          }
        }
      ),
    ]
  }
}
