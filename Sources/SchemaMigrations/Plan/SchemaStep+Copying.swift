package import ResultSchema

extension SchemaStep {
  /// Whether the server can only copy the table to do the step, so that nobody can store meanwhile.
  func copies(_ table: FoundTable, on dialect: Dialect) -> Bool {
    guard case .alterTable(_, let changes) = action, !dialect.copiesOnline else { return false }
    return changes.contains { $0.needsCopy(of: table) }
  }

  /// How a server will do the step to a table of InnoDB's usual row formats.
  ///
  /// - Parameters:
  ///   - table: The table as it is.
  ///   - dialect: The server.
  package func expectedAlgorithm(_ table: FoundTable, on dialect: Dialect) -> AlterAlgorithm {
    guard table.engine == .innoDB, case .alterTable(_, let changes) = action else { return .copy }
    if changes.contains(where: { $0.needsCopy(of: table) }) {
      return dialect.copiesOnline ? .onlineCopy : .copy
    }
    return dialect.flavor == .mariaDB ? .instant : .inPlace
  }
}

extension TableChange {
  /// Whether a server copies the table for the change.
  func needsCopy(of table: FoundTable) -> Bool {
    guard table.engine == .innoDB else { return true }
    switch self {
    case .engine: return true
    case .modifyColumn(let column):
      guard let found = table.column(named: column.name), let old = found.characters,
        let new = column.type.characters
      else { return true }
      let bytes = found.bytesPerCharacter ?? 1
      // A length of up to 255 bytes is kept in one byte, a longer one in two.
      let growsItsLength = old * bytes <= 255 && new.multipliedReportingOverflow(by: bytes).partialValue > 255
      return new < old || growsItsLength
    default: return false
    }
  }
}
