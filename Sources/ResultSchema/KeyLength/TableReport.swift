/// One table on one server: its indexes on varchar columns and its row.
public struct TableReport: Sendable, Hashable {
  /// The table's name.
  public var tableName: String
  /// The indexes on varchar columns, in the table's order; indexes on numbers and dates always fit.
  public var indexes: [IndexReport]
  /// What the server's own layer says to the row.
  public var serverRow: RowSizeOutcome
  /// What InnoDB says to the row and to the records of the indexes.
  public var engineRow: RowSizeOutcome
  /// Whether InnoDB looks at the row before it makes the indexes.
  let checksRowFirst: Bool

  /// Says what happens when a table is made with a rule's engine and row format.
  public init(
    _ table: Table,
    keyRule: KeyLengthRule,
    rowRule: RowSizeRule,
    bytesPerCharacter: Int
  ) {
    tableName = table.name
    checksRowFirst = keyRule.dialect.flavor == .mySQL
    indexes = table.indexes.compactMap { index in
      guard let column = table.column(named: index.column), let characters = column.type.characters else {
        return nil
      }
      let bytesPerCharacter = column.bytesPerCharacter ?? bytesPerCharacter
      return IndexReport(
        tableName: table.name,
        columnName: index.column,
        indexName: index.name,
        isUnique: index.kind != .plain,
        characters: characters,
        bytesPerCharacter: bytesPerCharacter,
        bytesAllowed: keyRule.limitBytes,
        prefixLength: index.prefixLength,
        outcome: keyRule.outcome(
          characters: min(characters, index.prefixLength ?? characters),
          bytesPerCharacter: bytesPerCharacter,
          isUnique: index.kind != .plain
        )
      )
    }
    let keyOutcomes = Dictionary(indexes.map { ($0.indexName, $0.outcome) }) { first, _ in first }
    serverRow = rowRule.serverOutcome(
      of: table,
      bytesPerCharacter: bytesPerCharacter,
      keyOutcomes: keyOutcomes
    )
    engineRow = rowRule.engineOutcome(
      of: table,
      bytesPerCharacter: bytesPerCharacter,
      keyOutcomes: keyOutcomes
    )
  }

  /// Whether the table is made exactly as the statement says.
  public var fits: Bool {
    serverRow == .fits && engineRow == .fits && indexes.allSatisfy(\.fits)
  }
}
