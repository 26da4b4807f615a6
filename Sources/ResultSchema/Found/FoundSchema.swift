/// What is in a database: the tables of django-celery-results that are there, and what Django's ledger says.
public struct FoundSchema: Sendable, Hashable {
  /// The tables that are there, by name.
  public var tables: [String: FoundTable]
  /// The names that the ledger has for the app, in the order of its rows; empty where there is no ledger.
  public var ledgerNames: [String]

  /// Makes the state of a database.
  public init(tables: [FoundTable] = [], ledgerNames: [String] = []) {
    self.tables = tables.reduce(into: [:]) { $0[$1.name] = $1 }
    self.ledgerNames = ledgerNames
  }

  /// How far the tables are.
  public var level: SchemaLevel {
    SchemaLevel(ledgerNames: ledgerNames, columns: tables.mapValues { Set($0.columns.map(\.name)) })
  }

  /// Whether one of Django's tables is there.
  package var hasTables: Bool { CeleryTables.names.contains { tables[$0] != nil } }

  /// Characters of task_id, where its table is there.
  public var taskIDLength: Int? {
    tables[CeleryTables.taskResultName]?.column(named: "task_id")?.characters
  }
}
