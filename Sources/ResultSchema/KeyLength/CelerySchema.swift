/// The tables as they are to be on one server: values that say beforehand what will come of it.
public struct CelerySchema: Sendable, Hashable {
  /// What the server says of itself.
  public var facts: ServerFacts
  /// Characters of task_id, task_name and group_id, in tables that are yet to be made.
  public var taskIDMaxLength: Int
  /// The engine that the statements name, nil if they name none.
  public var engine: StorageEngine?
  /// The row format that the statements name, nil if they name none.
  public var rowFormat: RowFormat?
  /// The last migration that is to be applied.
  public var level: CeleryMigration
  /// The tables that are there already, by name: their lengths, engines and row formats stay as they are.
  public var found: [String: FoundTable]
  /// Whether task_id, task_name and group_id get the length ``taskIDMaxLength`` in tables that are there as well.
  public var resizesFoundTables = false
  /// Whether this project's own table of chords belongs to it.
  public var hasChordTable = false

  /// Makes a schema for a server.
  public init(
    facts: ServerFacts,
    taskIDMaxLength: Int,
    engine: StorageEngine? = nil,
    rowFormat: RowFormat? = nil,
    level: CeleryMigration = .newest,
    found: [String: FoundTable] = [:]
  ) {
    self.facts = facts
    self.taskIDMaxLength = taskIDMaxLength
    self.engine = engine
    self.rowFormat = rowFormat
    self.level = level
    self.found = found
  }

  /// The rule for the indexes of a table on this server.
  ///
  /// - Parameter name: The table's name; nil for a table that is yet to be made.
  public func keyLengthRule(for name: String? = nil) -> KeyLengthRule {
    var rule = KeyLengthRule(facts: facts, engine: engine(of: name), rowFormat: rowFormat(of: name))
    rule.statesRowFormat = rowFormat != nil || foundTable(name)?.statesRowFormat ?? false
    return rule
  }

  /// The rule for the rows of a table on this server.
  ///
  /// - Parameter name: The table's name; nil for a table that is yet to be made.
  public func rowSizeRule(for name: String? = nil) -> RowSizeRule {
    RowSizeRule(facts: facts, engine: engine(of: name), rowFormat: rowFormat(of: name))
  }

  private func foundTable(_ name: String?) -> FoundTable? { name.flatMap(model) }

  private func engine(of name: String?) -> StorageEngine? { engine ?? foundTable(name)?.engine }

  private func rowFormat(of name: String?) -> RowFormat? {
    rowFormat ?? foundTable(name).flatMap { RowFormat(name: $0.rowFormat) }
  }

  /// The tables, in the order in which they are made.
  ///
  /// A plain index on a column whose length is not the setting gets a prefix where the whole does not fit.
  public var tables: [Table] {
    CeleryTables.all(at: level, taskIDMaxLength: taskIDMaxLength).map { withPrefixes(asFound($0)) }
      + [chordTable].compactMap(\.self)
  }

  /// One CREATE TABLE statement for each of ``tables`` that is not there.
  public var statements: [String] {
    tables.filter { found[$0.name] == nil }.map { generator(for: $0.name).createTable($0) }
  }

  /// What the server will do with each of ``tables``.
  public var report: [TableReport] {
    tables.map {
      TableReport(
        $0,
        keyRule: keyLengthRule(for: $0.name),
        rowRule: rowSizeRule(for: $0.name),
        bytesPerCharacter: facts.bytesPerCharacter
      )
    }
  }

  /// Whether all tables are made with whole, real indexes on the columns whose length is the setting.
  public var fits: Bool {
    report.allSatisfy(\.fits)
  }

  /// The table with the lengths and the character sets that it has already.
  package func asFound(_ table: Table) -> Table {
    guard let found = model(of: table.name) else { return table }
    let isThere = self.found[table.name] != nil
    var table = table
    for position in table.columns.indices where table.columns[position].type.characters != nil {
      let column = found.column(named: table.columns[position].name)
      let isResized = resizesFoundTables && table.columns[position].hasTaskIDLength
      if let characters = column?.characters, !isResized {
        table.columns[position].type = .varchar(characters)
      }
      // A column that is yet to come gets the table's character set, not the database's.
      table.columns[position].bytesPerCharacter = column?.bytesPerCharacter ?? found.bytesPerCharacter
      if !isThere, let collation = column?.collation, collation != facts.collation {
        // What is compared with the other table's must be kept as that is.
        table.columns[position].characterSet = column?.characterSet
        table.columns[position].collation = collation
      }
    }
    return table
  }

  /// The table with prefixes for plain indexes that would be too long otherwise.
  package func withPrefixes(_ table: Table) -> Table {
    let rule = keyLengthRule(for: table.name)
    var table = table
    for position in table.indexes.indices where table.indexes[position].kind == .plain {
      guard let column = table.column(named: table.indexes[position].column), !column.hasTaskIDLength,
        let characters = column.type.characters
      else { continue }
      let largest = rule.largestLength(bytesPerCharacter: column.bytesPerCharacter ?? facts.bytesPerCharacter)
      if characters > largest { table.indexes[position].prefixLength = largest }
    }
    return table
  }
}
