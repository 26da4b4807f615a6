/// The three tables as they are to be made on one server: values that say beforehand what will come of it.
public struct CelerySchema: Sendable, Hashable {
  /// What the server says of itself.
  public var facts: ServerFacts
  /// Characters of task_id, task_name and group_id.
  public var taskIDMaxLength: Int
  /// The engine that the statements name, nil if they name none.
  public var engine: StorageEngine?
  /// The row format that the statements name, nil if they name none.
  public var rowFormat: RowFormat?

  /// Makes a schema for a server.
  public init(
    facts: ServerFacts,
    taskIDMaxLength: Int,
    engine: StorageEngine? = nil,
    rowFormat: RowFormat? = nil
  ) {
    self.facts = facts
    self.taskIDMaxLength = taskIDMaxLength
    self.engine = engine
    self.rowFormat = rowFormat
  }

  /// The rule for the indexes of these tables on this server.
  public var keyLengthRule: KeyLengthRule {
    KeyLengthRule(facts: facts, engine: engine, rowFormat: rowFormat)
  }

  /// The rule for the rows of these tables on this server.
  public var rowSizeRule: RowSizeRule {
    RowSizeRule(facts: facts, engine: engine, rowFormat: rowFormat)
  }

  /// The three tables, in the order in which they are made.
  ///
  /// A plain index on a column whose length is not the setting gets a prefix where the whole does not fit.
  public var tables: [Table] {
    CeleryTables.all(taskIDMaxLength: taskIDMaxLength).map(withPrefixes)
  }

  /// One CREATE TABLE statement for each of ``tables``.
  public var statements: [String] {
    let generator = SchemaGenerator(engine: engine, rowFormat: rowFormat)
    return tables.map(generator.createTable)
  }

  /// What the server will do with each of ``tables``.
  public var report: [TableReport] {
    tables.map {
      TableReport(
        $0,
        keyRule: keyLengthRule,
        rowRule: rowSizeRule,
        bytesPerCharacter: facts.bytesPerCharacter
      )
    }
  }

  /// Whether all three tables are made with whole, real indexes on the columns whose length is the setting.
  public var fits: Bool {
    report.allSatisfy(\.fits)
  }

  private func withPrefixes(_ table: Table) -> Table {
    let largest = keyLengthRule.largestLength(bytesPerCharacter: facts.bytesPerCharacter)
    var table = table
    for position in table.indexes.indices where table.indexes[position].kind == .plain {
      guard let column = table.column(named: table.indexes[position].column), !column.hasTaskIDLength,
        let characters = column.type.characters, characters > largest
      else { continue }
      table.indexes[position].prefixLength = largest
    }
    return table
  }
}
