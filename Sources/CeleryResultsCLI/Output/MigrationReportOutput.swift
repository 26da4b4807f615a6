import CeleryResults
import ResultSchema
import SchemaMigrations

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
