public import ResultSchema

/// What a migration will do to a database: a pure value, made of what is there and of what is wanted.
public struct MigrationPlan: Sendable, Hashable {
  /// A part of a plan.
  public enum Item: Sendable, Hashable {
    /// A step of a migration, as far as it is not done.
    case step(SchemaStep)
    /// Writing migrations into Django's ledger, when all their steps are done.
    case record([CeleryMigration])
  }

  /// What is there.
  public let found: FoundSchema
  /// The tables as they are to be.
  public let schema: CelerySchema
  /// What is to be done, in order.
  public internal(set) var items: [Item] = []
  /// What the catalogue will say after the items.
  public internal(set) var result: FoundSchema

  /// Makes a plan.
  ///
  /// - Parameters:
  ///   - found: What is in the database.
  ///   - schema: The tables as they are to be: length, engine, row format and level.
  /// - Throws: ``MigrationError`` with the code ``MigrationError/Code/otherLevel`` where ledger and tables
  ///   contradict each other, or the tables are beyond the level that is wanted.
  public init(found: FoundSchema, schema: CelerySchema) throws {
    self.found = found
    self.schema = schema
    result = found
    guard let done = found.level.migrationsDone else { throw MigrationError.contradiction(found.level) }
    guard done <= schema.level.number else { throw MigrationError.backwards(found.level, to: schema.level) }
    addConversions()
    // A table that is made at once as it is to be spares all steps of its history.
    let first = found.hasTables ? done : schema.level.number
    addMissingTables(at: CeleryMigration(number: first))
    record(CeleryMigration.allCases.filter { $0.number <= first })
    for migration in CeleryMigration.allCases where migration.number > first && migration <= schema.level {
      for step in migration.steps(taskIDMaxLength: schema.taskIDMaxLength) { add(step) }
      record([migration])
    }
    if let table = schema.chordTable, found.tables[table.name] == nil {
      add(SchemaStep(of: nil, .createTable(table)))
    }
  }

  /// Makes a plan without items.
  init(nothingTo found: FoundSchema, schema: CelerySchema) {
    self.found = found
    self.schema = schema
    result = found
  }

  /// The steps, without the writing into the ledger.
  public var steps: [SchemaStep] {
    items.compactMap { if case .step(let step) = $0 { step } else { nil } }
  }

  private mutating func addConversions() {
    for name in CeleryTables.namesWithChord where found.tables[name] != nil {
      var changes: [TableChange] = []
      if let engine = schema.engine { changes.append(.engine(engine)) }
      if let format = schema.rowFormat { changes.append(.rowFormat(format)) }
      add(SchemaStep(of: nil, .alterTable(name, changes)))
    }
  }

  private mutating func addMissingTables(at level: CeleryMigration?) {
    guard let level else { return }
    for table in CeleryTables.all(at: level, taskIDMaxLength: schema.taskIDMaxLength)
    where found.tables[table.name] == nil {
      add(SchemaStep(of: nil, .createTable(table)))
    }
  }

  mutating func add(_ step: SchemaStep) {
    guard let remaining = schema.fitted(step).remaining(in: result) else { return }
    let step = keepingRowFormat(remaining)
    // The second copying is for what was stored between two statements that are done.
    if step.action == .copyDateDone, items.last == .step(step) { return }
    items.append(.step(step))
    result.apply(step, of: schema)
  }

  private mutating func record(_ migrations: [CeleryMigration]) {
    let missing = migrations.filter { !result.ledgerNames.contains($0.rawValue) }
    guard !missing.isEmpty else { return }
    result.ledgerNames += missing.map(\.rawValue)
    if case .record(let before) = items.last {
      items[items.count - 1] = .record(before + missing)
    } else {
      items.append(.record(missing))
    }
  }
}
