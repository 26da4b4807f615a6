import ResultSchema

extension SchemaStep {
  /// Whether the server can only copy the table to do the step, so that nobody can store meanwhile.
  func copies(_ table: FoundTable, on dialect: Dialect) -> Bool {
    guard case .alterTable(_, let changes) = action, !dialect.copiesOnline else { return false }
    return changes.contains { change in
      switch change {
      case .engine: true
      case .modifyColumn(let column):
        // Longer is online; shorter, and another type, is not.
        table.column(named: column.name)?.characters.map { $0 > column.type.characters ?? 0 } ?? true
      default: table.engine != .innoDB
      }
    }
  }
}
