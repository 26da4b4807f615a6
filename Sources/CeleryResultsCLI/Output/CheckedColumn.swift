import CeleryResults
import ResultSchema

/// A line of what `check` says: one indexed column.
struct CheckedColumn {
  let table: Table
  let index: Index
  let report: TableReport

  /// What is known of it; nil for numbers and dates, which always fit.
  private var text: IndexReport? {
    report.indexes.first { $0.indexName == index.name && $0.columnName == index.column }
  }

  private var kind: String {
    switch index.kind {
    case .primary: "PRIMARY"
    case .unique: "UNIQUE"
    case .plain: "plain"
    }
  }

  private var bytesOfOthers: Int {
    table.column(named: index.column)?.type.serverBytes(bytesPerCharacter: 1) ?? 0
  }

  private var verdict: String {
    guard let text else { return "fits" }
    if text.fits, let prefix = text.prefixLength { return "fits, with a prefix of \(prefix) characters" }
    return "\(text.outcome)"
  }

  var cells: [String] {
    [
      table.name, index.column, kind, text.map { "\($0.characters)" } ?? "-",
      text.map { "\($0.bytesPerCharacter)" } ?? "-", "\(text?.bytesNeeded ?? bytesOfOthers)",
      text.map { "\($0.bytesAllowed)" } ?? "-", verdict,
    ]
  }

  var json: PythonValue {
    [
      "table": .text(table.name),
      "column": .text(index.column),
      "index": .text(index.name),
      "unique": .bool(index.kind != .plain),
      "characters": .number(text?.characters),
      "bytes_per_character": .number(text?.bytesPerCharacter),
      "bytes_needed": .number(text?.bytesNeeded ?? bytesOfOthers),
      "bytes_allowed": .number(text?.bytesAllowed),
      "prefix": .number(text?.prefixLength),
      "error": .number(text?.outcome.errorNumber),
      "fits": .bool(text?.fits ?? true),
      "verdict": .text(verdict),
    ]
  }
}
