import CeleryResults
import ResultSchema
import SchemaMigrations

/// What `resize --plan` says.
struct ResizePlanOutput: Reportable {
  let plan: ResizePlan

  var lines: [String] {
    guard !plan.steps.isEmpty else {
      return ["Nothing to do: ids and names have up to \(plan.length) characters."] + Self.advice(plan.length)
    }
    let statements = plan.steps.flatMap { ($0.statement + ";").split(separator: "\n").map { "  \($0)" } }
    return costs + ["To be run:"] + statements + Self.advice(plan.length)
  }

  /// What each table costs.
  var costs: [String] {
    plan.steps.map { step in
      "\(step.table.name): about \(step.table.estimatedRows) rows, \(step.table.bytes / 1024) KiB; "
        + Self.text(step.algorithm)
    }
  }

  var json: PythonValue {
    [
      "task_id_max_length": .number(plan.length),
      "setting": .text(TaskIDMaxLength.variable),
      "refused": .text(plan.refusal.map { "\($0.code)" }),
      "tables": .array(
        plan.steps.map { step in
          [
            "table": .text(step.table.name),
            "estimated_rows": .number(step.table.estimatedRows),
            "bytes": .number(step.table.bytes),
            "sql": .text(step.statement),
            "expected": .text("\(step.algorithm)"),
            "online": .bool(step.algorithm.isOnline),
          ]
        }
      ),
      "too_long": .array(
        plan.longValues.map { values in
          [
            "table": .text(values.tableName),
            "column": .text(values.columnName),
            "rows": .number(values.rows),
            "longest": .number(values.longest),
            "ids": .texts(values.ids),
            "select": .text(values.selectStatement),
            "delete": .text(values.deleteStatement),
          ]
        }
      ),
    ]
  }

  /// The setting that must go with the length.
  static func advice(_ length: Int) -> [String] {
    [
      "Set \(TaskIDMaxLength.variable) = \(length) in Django's settings and in the environment of everything "
        + "that uses these tables."
    ]
  }

  private static func text(_ algorithm: AlterAlgorithm) -> String {
    switch algorithm {
    case .instant: "changed at once"
    case .inPlace: "changed while others read and store"
    case .onlineCopy: "copied while others read and store"
    case .copy: "copied, and others can only read meanwhile"
    }
  }
}
