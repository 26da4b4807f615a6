import MariaDBClient
import ResultSchema

/// What is undone when the server has made something otherwise than it was told to.
struct TakingBack {
  let handle: ConnectionHandle
  let step: SchemaStep
  let tablesMade: [String]
  let error: any Error

  init(_ handle: ConnectionHandle, _ step: SchemaStep, tablesMade: [String], of error: any Error) {
    self.handle = handle
    self.step = step
    self.tablesMade = tablesMade
    self.error = error
  }

  /// Drops what this run has made: of tables, those into which nobody has stored anything meanwhile; of indexes,
  /// those that are not as they should be.
  ///
  /// - Returns: What became of them, in a sentence.
  func run() -> String {
    if case .alterTable(let table, _) = step.action { return dropIndexes(of: table) }
    let left = tablesMade.reversed().filter { name in
      let table = SQLStatement.quoted(identifier: name)
      guard let rows = try? handle.query(text: "SELECT 1 FROM \(table) LIMIT 1").rows, rows.isEmpty,
        (try? handle.query(text: "DROP TABLE \(table)")) != nil
      else { return true }
      return false
    }
    return left.isEmpty
      ? "No table was left behind."
      : "These tables were made and are still there: \(left.joined(separator: ", "))."
  }

  private func dropIndexes(of table: String) -> String {
    guard let error = error as? UnexpectedIndexes else { return "The table is as it was." }
    let names = error.differences.filter { $0.fault != .missing }.map(\.index.name)
    let generator = SchemaGenerator()
    let dropped = try? handle.query(text: generator.alterTable(table, names.map { .dropIndex($0) }))
    return dropped != nil
      ? "The index was taken away again."
      : "Take it away again: \(generator.alterTable(table, names.map { .dropIndex($0) }))"
  }
}
