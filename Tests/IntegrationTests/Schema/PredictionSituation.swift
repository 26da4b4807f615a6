import ResultSchema

/// A server, a database and what the statements name: all that the outcome depends on but the length.
struct PredictionSituation: Sendable {
  let facts: ServerFacts
  /// The engine that the statements name, nil if they name none.
  let engine: StorageEngine?
  /// The row format that the statements name, nil if they name none.
  let rowFormat: RowFormat?

  /// Every engine and row format of the server.
  static func all(_ facts: ServerFacts) -> [PredictionSituation] {
    var all = [PredictionSituation(facts: facts, engine: nil, rowFormat: nil)]
    all += RowFormat.allCases.map { PredictionSituation(facts: facts, engine: .innoDB, rowFormat: $0) }
    // Other engines do not look at InnoDB's own strict mode.
    guard facts.isInnoDBStrict else { return all }
    all.append(PredictionSituation(facts: facts, engine: .myISAM, rowFormat: nil))
    if facts.dialect.flavor == .mariaDB {
      all.append(PredictionSituation(facts: facts, engine: .aria, rowFormat: nil))
    }
    return all
  }

  /// What another innodb_default_row_format may change.
  static func dependentOnDefault(_ facts: ServerFacts) -> [PredictionSituation] {
    [nil, .dynamic].map { PredictionSituation(facts: facts, engine: nil, rowFormat: $0) }
  }

  func schema(length: Int) -> CelerySchema {
    CelerySchema(facts: facts, taskIDMaxLength: length, engine: engine, rowFormat: rowFormat)
  }

  /// The tables as the project makes them, and those among them that it would make otherwise without a prefix.
  func tableGroups(length: Int) -> [[Table]] {
    let generated = schema(length: length).tables
    let withoutPrefixes = zip(CeleryTables.all(taskIDMaxLength: length), generated)
      .filter { plain, generated in plain != generated }.map(\.0)
    return withoutPrefixes.isEmpty ? [generated] : [generated, withoutPrefixes]
  }

  /// What the rules say of a table.
  func prediction(of table: Table, length: Int) -> PredictionOutcome {
    let schema = schema(length: length)
    let report = TableReport(
      table,
      keyRule: schema.keyLengthRule(),
      rowRule: schema.rowSizeRule(),
      bytesPerCharacter: facts.bytesPerCharacter
    )
    return PredictionOutcome(report, table: table, bytesPerCharacter: facts.bytesPerCharacter)
  }
}

extension PredictionSituation: CustomStringConvertible {
  var description: String {
    var text = "\(facts.dialect), pages of \(facts.pageSize) bytes, "
    text += SchemaGenerator(engine: engine, rowFormat: rowFormat).options
    text += ", innodb_default_row_format \(facts.defaultRowFormat.rawValue), \(facts.characterSet)"
    return text + ", sql_mode '\(facts.sqlMode)', innodb_strict_mode \(facts.isInnoDBStrict)"
  }
}

extension SchemaGenerator {
  fileprivate var options: String {
    "ENGINE \(engine?.name ?? "not stated"), ROW_FORMAT \(rowFormat?.rawValue ?? "not stated")"
  }
}
