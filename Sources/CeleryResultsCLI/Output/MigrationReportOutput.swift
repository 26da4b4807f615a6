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
    let length = report.taskIDMaxLength
    if let stated = report.statedTaskIDMaxLength, stated != length {
      lines.append(
        "\(TaskIDMaxLength.variable) says \(stated): Django and Python workers should be told "
          + "\(length), which the tables have; or: celery-results resize \(stated)"
      )
    } else if length != TaskIDMaxLength.standardLength {
      lines.append(
        "Django and Python workers take \(TaskIDMaxLength.standardLength) unless they are told: put "
          + "\(TaskIDMaxLength.variable) = \(length) into Django's settings."
      )
    }
    for fault in report.faults {
      lines.append("Not as Django makes it: \(fault.place): \(fault.description). See: celery-results doctor")
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
      "stated_task_id_max_length": .number(report.statedTaskIDMaxLength),
      "periodic_task_name_prefix": .number(report.periodicTaskNamePrefix),
      "faults": .array(
        report.faults.map { ["kind": .text($0.kind.description), "place": .text($0.place)] }
      ),
    ]
  }
}
