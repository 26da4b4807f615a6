import CeleryResults
import ResultSchema
import SchemaMigrations

/// What `migrate --plan` says.
struct MigrationPlanOutput: Reportable {
  let plan: MigrationPlan

  var lines: [String] {
    guard !plan.items.isEmpty else {
      return ["Nothing to do: \(plan.found.level)."]
    }
    var lines = ["Now \(plan.found.level). To be done:"]
    for table in CeleryTables.namesWithChord.compactMap({ plan.found.tables[$0] }) {
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
