import CeleryResults
import ResultSchema
import SchemaMigrations

/// What `resize` says at the end.
struct ResizeReportOutput: Reportable {
  let report: MigrationReport

  var lines: [String] {
    let length = report.taskIDMaxLength
    let before =
      report.stepsDone.isEmpty ? ["Nothing to do: ids and names have up to \(length) characters."] : []
    return before + ResizePlanOutput.advice(length)
  }

  var json: PythonValue {
    [
      "task_id_max_length": .number(report.taskIDMaxLength),
      "tables_changed": .texts(report.stepsDone.map(\.tableName)),
      "setting": .text(TaskIDMaxLength.variable),
    ]
  }
}
