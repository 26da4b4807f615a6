package import ResultSchema

extension MigrationPlan {
  /// The SQL of an item: one statement, without a final semicolon, or none for what is no SQL.
  ///
  /// - Parameter item: An item of the plan.
  /// - Returns: The statements in order.
  public func statements(of item: Item) -> [String] {
    switch item {
    case .step(let step): [schema.statement(of: step)]
    case .record(let migrations): migrations.map(DjangoMigrations.insertStatement)
    }
  }

  /// The plan as SQL that can be fed to the mysql client, in the manner of Django's `sqlmigrate`.
  public var sql: String {
    var text = ""
    var migration: CeleryMigration?
    let tellsOfLedger = items.contains { if case .record = $0 { true } else { false } }
    if tellsOfLedger, found.ledgerNames.isEmpty {
      text += SchemaGenerator().createTable(DjangoMigrations.table, ifMissing: true) + ";\n"
    }
    for item in items {
      if case .step(let step) = item, step.migration != migration {
        migration = step.migration
        if let migration { text += "--\n-- \(migration.rawValue)\n--\n" }
      }
      text += statements(of: item).map { $0 + ";\n" }.joined()
    }
    return text
  }
}

extension CelerySchema {
  /// The SQL of a step, without a final semicolon.
  package func statement(of step: SchemaStep, algorithm: AlterAlgorithm? = nil) -> String {
    let generator = generator(for: step.tableName)
    return switch step.action {
    case .createTable(let table): generator.createTable(table)
    case .alterTable(let name, let changes): generator.alterTable(name, changes, algorithm: algorithm)
    case .copyDateDone: CopiedDates.copyAll
    }
  }

  /// What stands after the table's name in the statement of a step.
  static func alterText(of step: SchemaStep) -> String {
    guard case .alterTable(_, let changes) = step.action else { return "" }
    return SchemaGenerator().alterations(changes).joined(separator: ", ")
  }
}
