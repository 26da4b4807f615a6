import MariaDBClient
import ResultSchema

extension MigrationError {
  /// There is nothing to change the length of.
  static let noTables = MigrationError(
    .otherLevel,
    "There are no tables of django-celery-results in this database. Make them with that length: "
      + "\(TaskIDMaxLength.variable)=<n> celery-results migrate"
  )

  /// The tables that are there do not fit at the new length.
  static func doesNotFitResized(_ schema: CelerySchema, _ options: Resizer.Options) -> MigrationError {
    let explanation = KeyLengthExplanation(schema: schema, command: options.migrateCommand)
    var lines = [
      "The tables do not fit on this server with a length of \(schema.taskIDMaxLength) characters."
    ]
    lines += explanation.findings + [""]
    if let largest = schema.largestTaskIDMaxLength() {
      lines.append("The largest length that fits as the tables are: \(largest).")
    }
    let remedies = schema.remedies
    if !remedies.isEmpty { lines.append("What helps\(remedies.count > 1 ? ", best first" : ""):") }
    for (position, remedy) in remedies.enumerated() {
      lines.append("  \(position + 1). \(explanation.reason(for: remedy)):")
      lines.append("     \(commands(for: remedy, explanation, options).joined(separator: " && "))")
    }
    lines.append("Nothing was changed.")
    return MigrationError(.doesNotFit, lines.joined(separator: "\n"), remedies: remedies)
  }

  private static func commands(
    for remedy: Remedy,
    _ explanation: KeyLengthExplanation,
    _ options: Resizer.Options
  ) -> [String] {
    var conversion = remedy
    conversion.schema.taskIDMaxLength = explanation.schema.taskIDMaxLength
    let resize = "\(options.command) \(remedy.schema.taskIDMaxLength)"
    let converts = remedy.schema.engine != nil || remedy.schema.rowFormat != nil
    return (converts ? [explanation.commandLine(for: conversion)] : []) + [resize]
  }

  /// What is stored does not fit.
  static func valuesTooLong(_ values: [LongValues], length: Int) -> MigrationError {
    var lines = ["What is stored has more than \(length) characters. Nothing was changed."]
    for found in values {
      let rows = found.rows == 1 ? "1 row" : "\(found.rows) rows"
      lines.append("\(found.tableName).\(found.columnName): \(rows), at most \(found.longest) characters:")
      lines += found.ids.map { "    \($0)" }
      if found.ids.count < found.rows { lines.append("    and \(found.rows - found.ids.count) more") }
      lines.append("  Find them:   \(found.selectStatement);")
      if let cut = found.cutStatement { lines.append("  Cut them:    \(cut);") }
      lines.append("  Delete them: \(found.deleteStatement);")
    }
    lines.append("All of it fits into \(values.map(\.longest).max() ?? length) characters.")
    return MigrationError(.valueTooLong, lines.joined(separator: "\n"))
  }

  /// The server refused to make a column shorter, since something longer was stored after the check; nil when
  /// the error is another.
  static func storedMeanwhile(_ error: any Error, _ step: SchemaStep, _ plan: MigrationPlan)
    -> MigrationError?
  {
    guard let refused = error as? MariaDBError,
      refused.code == .valueTooLong || refused.errno == dataTruncated,
      plan.shortenedColumns.contains(where: { $0.table == step.tableName })
    else { return nil }
    return MigrationError(
      .valueTooLong,
      """
      \(refused)
      A value that is longer than its column is to be was stored in \(step.tableName) after the check. \
      The table is as it was, and nothing was cut. Run it again: it lists the ids.
      """,
      cause: refused
    )
  }

  /// WARN_DATA_TRUNCATED, an error in strict mode.
  private static let dataTruncated: UInt32 = 1265
}
