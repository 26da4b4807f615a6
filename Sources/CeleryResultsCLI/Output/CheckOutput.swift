import CeleryResults
import ResultSchema

/// What `check` says.
struct CheckOutput: Reportable {
  let schema: CelerySchema
  let explanation: KeyLengthExplanation
  /// How far the tables are that are there.
  let level: SchemaLevel
  /// Whether the connection names a database; else what counts is what a new one would have.
  let namesDatabase: Bool

  var lines: [String] {
    let facts = schema.facts
    var lines = [
      "server:    \(facts.dialect)",
      "InnoDB:    pages of \(facts.pageSize) bytes, default row format \(facts.defaultRowFormat.rawValue)",
      "engine:    \(facts.defaultEngine) by default",
      "sql_mode:  \(facts.sqlMode.isEmpty ? "(none)" : facts.sqlMode) "
        + "(of this tool's session, which is always strict)",
      "database:  \(facts.characterSet), \(facts.collation), up to \(facts.bytesPerCharacter) bytes a character"
        + (namesDatabase ? "" : " (as a new database would have: none is named)"),
      "",
    ]
    var table = TextTable([
      "TABLE", "COLUMN", "INDEX", "CHARACTERS", "BYTES EACH", "NEEDED", "ALLOWED", "VERDICT",
    ])
    table.rows = columns.map(\.cells)
    lines += [table.text, ""]
    guard !schema.fits else { return lines + ["\(verdict)\(prefixNote)"] + nextStep }
    return lines + rowFaults + explanation.remedyLines
  }

  private var verdict: String {
    namesDatabase ? "The tables fit." : "The tables fit into a new database, with the server's character set."
  }

  /// What whoever saw a migration end in the middle is to do now.
  private var nextStep: [String] {
    switch level.state {
    case .absent, .current: []
    default: ["Now \(level). \(explanation.command) goes on from there."]
    }
  }

  var json: PythonValue {
    let facts = schema.facts
    return [
      "server": [
        "flavor": .text(facts.dialect.flavor.description),
        "version": .text(facts.dialect.version.description),
        "innodb_page_size": .number(facts.pageSize),
        "innodb_default_row_format": .text(facts.defaultRowFormat.rawValue.lowercased()),
        "default_storage_engine": .text(facts.defaultEngine.name),
        "sql_mode": .text(facts.sqlMode),
        "character_set_database": .text(facts.characterSet),
        "collation_database": .text(facts.collation),
        "bytes_per_character": .number(facts.bytesPerCharacter),
      ],
      "task_id_max_length": .number(schema.taskIDMaxLength),
      "fits": .bool(schema.fits),
      "level": .text("\(level)"),
      "columns": .array(columns.map(\.json)),
      "rows": .texts(rowFaults),
      "remedies": .array(schema.remedies.map(json)),
    ]
  }

  private var columns: [CheckedColumn] {
    schema.report.flatMap { report in
      schema.tables.filter { $0.name == report.tableName }.flatMap { table in
        table.indexes.map { CheckedColumn(table: table, index: $0, report: report) }
      }
    }
  }

  private var rowFaults: [String] {
    schema.report.flatMap { table in
      [table.serverRow, table.engineRow].filter { $0 != .fits }.map { "\(table.tableName): \($0)" }
    }
  }

  private var prefixNote: String {
    let index = schema.tables.flatMap(\.indexes).first { $0.prefixLength != nil }
    guard let index, let prefix = index.prefixLength else { return "" }
    return
      " The index on \(index.column) covers its first \(prefix) characters: it is not UNIQUE, so nothing is lost."
  }

  private func json(_ remedy: Remedy) -> PythonValue {
    [
      "task_id_max_length": .number(remedy.schema.taskIDMaxLength),
      "row_format": .text(remedy.schema.rowFormat?.rawValue.lowercased()),
      "engine": .text(remedy.schema.engine?.name),
      "effect": .text(explanation.reason(for: remedy)),
      "command": .text(explanation.commandLine(for: remedy)),
      "sql": .texts(explanation.statements(for: remedy)),
    ]
  }
}
