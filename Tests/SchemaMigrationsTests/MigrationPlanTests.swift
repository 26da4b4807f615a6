import MariaDBClient
import ResultSchema
import SchemaMigrations
import Testing

@Suite("What a migration is going to do")
struct MigrationPlanTests {
  static func schema(
    length: Int = 255,
    rowFormat: RowFormat? = nil,
    defaultRowFormat: RowFormat = .dynamic,
    level: CeleryMigration = .newest,
    found: FoundSchema = FoundSchema()
  ) -> CelerySchema {
    CelerySchema(
      facts: ServerFacts(
        dialect: Dialect(flavor: .mariaDB, version: ServerVersion(10, 11)),
        defaultRowFormat: defaultRowFormat
      ),
      taskIDMaxLength: length,
      rowFormat: rowFormat,
      level: level,
      found: found.tables
    )
  }

  /// The tables at a level, as a plan for an empty database would make them.
  static func found(at level: CeleryMigration, rowFormat: RowFormat = .dynamic) throws -> FoundSchema {
    let schema = schema(length: 191, defaultRowFormat: rowFormat, level: level)
    return try MigrationPlan(found: FoundSchema(), schema: schema).result
  }

  @Test("An empty database gets its tables at once, and all rows of the ledger together")
  func empty() throws {
    let plan = try MigrationPlan(found: FoundSchema(), schema: Self.schema())
    #expect(plan.steps.map(\.tableName) == CeleryTables.names)
    #expect(plan.items.last == .record(CeleryMigration.allCases))
    #expect(plan.items.count == 4)
  }

  @Test("From every level the last thing is the newest level", arguments: CeleryMigration.allCases)
  func everyLevel(level: CeleryMigration) throws {
    let found = try Self.found(at: level)
    let plan = try MigrationPlan(found: found, schema: Self.schema(length: 191, found: found))
    #expect(plan.result.ledgerNames == CeleryMigration.allCases.map(\.rawValue))
    #expect(plan.result.level.state == .current)
    #expect(plan.fits)
    let again = try MigrationPlan(
      found: plan.result,
      schema: Self.schema(length: 191, found: plan.result)
    )
    #expect(again.items.isEmpty)
  }

  @Test("A migration is noted when its steps are done, not before")
  func ledgerAfterSteps() throws {
    let found = try Self.found(at: .initial)
    let plan = try MigrationPlan(found: found, schema: Self.schema(length: 191, found: found))
    var noted = Set<CeleryMigration>()
    for item in plan.items {
      switch item {
      case .record(let migrations): noted.formUnion(migrations)
      case .step(let step): #expect(step.migration.map { !noted.contains($0) } ?? true)
      }
    }
  }

  @Test("Only as far as is wanted, and never back")
  func target() throws {
    let found = try Self.found(at: .auto20190516)
    let plan = try MigrationPlan(
      found: found,
      schema: Self.schema(length: 191, level: .chordCounter, found: found)
    )
    #expect(plan.result.ledgerNames.last == CeleryMigration.chordCounter.rawValue)
    #expect(plan.result.tables.count == 2)
    let lower = Self.schema(level: .taskResultWorker, found: plan.result)
    let error = #expect(throws: MigrationError.self) {
      try MigrationPlan(found: plan.result, schema: lower)
    }
    #expect(error?.code == .otherLevel)
    #expect(error?.description.contains("manage.py migrate django_celery_results 0005") == true)
  }

  @Test("The tables of release 2.1.0 lose the indexes that they have twice")
  func duplicateIndexes() throws {
    var found = try Self.found(at: .groupResult)
    found.tables[CeleryTables.chordCounterName]?.indexes.append(
      FoundIndex(
        name: "django_cele_group_i_299b0d_idx",
        column: "group_id",
        prefixLength: nil,
        isUnique: false,
        type: "BTREE"
      )
    )
    let plan = try MigrationPlan(found: found, schema: Self.schema(length: 191, found: found))
    #expect(plan.steps.first?.tableName == CeleryTables.chordCounterName)
    #expect(plan.sql.contains("DROP INDEX `django_cele_group_i_299b0d_idx`;"))
    #expect(plan.sql.contains("--\n-- 0010_remove_duplicate_indices\n--\n"))
  }

  @Test("Where a plain index is too long for its row format it gets a prefix, and DYNAMIC rows make it whole")
  func prefix() throws {
    let found = try Self.found(at: .taskResultDateStarted, rowFormat: .compact)
    let plan = try MigrationPlan(
      found: found,
      schema: Self.schema(length: 191, defaultRowFormat: .compact, found: found)
    )
    #expect(plan.periodicTaskNamePrefix == 191)
    let dynamic = try MigrationPlan(
      found: found,
      schema: Self.schema(length: 191, rowFormat: .dynamic, defaultRowFormat: .compact, found: found)
    )
    #expect(dynamic.periodicTaskNamePrefix == nil)
    #expect(dynamic.steps.count == 4)
    #expect(dynamic.steps.first?.action == .alterTable(CeleryTables.taskResultName, [.rowFormat(.dynamic)]))
  }

  @Test("A column that becomes shorter is looked at first")
  func shortened() throws {
    let found = try Self.found(at: .auto20181106)
    let shorter = try MigrationPlan(found: found, schema: Self.schema(length: 191, found: found))
    #expect(shorter.shortenedColumns.map(\.column.name) == ["task_name"])
    let same = try MigrationPlan(found: found, schema: Self.schema(length: 255, found: found))
    #expect(same.shortenedColumns.isEmpty)
  }

  @Test("An index is judged by the length that its column has by then, not by the one that it has now")
  func lengthByThen() throws {
    let found = try Self.found(at: .auto20181106, rowFormat: .compact)
    let schema = Self.schema(length: 191, defaultRowFormat: .compact, found: found)
    #expect(try MigrationPlan(found: found, schema: schema).fits)
    let longer = Self.schema(length: 255, defaultRowFormat: .compact, found: found)
    #expect(try !MigrationPlan(found: found, schema: longer).fits)
  }

  @Test("A column that is yet to come is judged by the character set of its table, not of the database")
  func characterSetOfTheTable() throws {
    var found = try Self.found(at: .removeDuplicateIndices, rowFormat: .compact)
    for name in found.tables.keys { found.tables[name]?.bytesPerCharacter = 4 }
    var schema = Self.schema(length: 191, defaultRowFormat: .compact, found: found)
    schema.facts.bytesPerCharacter = 1
    #expect(try MigrationPlan(found: found, schema: schema).periodicTaskNamePrefix == 191)
  }

  @Test("Tables that are there are not converted to what their indexes do not fit into")
  func conversion() throws {
    let found = try MigrationPlan(found: FoundSchema(), schema: Self.schema()).result
    var schema = Self.schema(found: found)
    schema.engine = .myISAM
    #expect(try !MigrationPlan(found: found, schema: schema).fits)
    schema.engine = nil
    schema.rowFormat = .compact
    #expect(try !MigrationPlan(found: found, schema: schema).fits)
  }

  @Test("A table that is copied keeps its row format, whatever the server's default is by now")
  func rowFormatKept() throws {
    var found = try Self.found(at: .auto20181106)
    for name in found.tables.keys {
      found.tables[name]?.columns.indices.forEach { place in
        if found.tables[name]?.columns[place].name == "task_name" {
          found.tables[name]?.columns[place].characters = 255
          found.tables[name]?.columns[place].type = "varchar(255)"
        }
      }
    }
    let compact = Self.schema(length: 191, defaultRowFormat: .compact, found: found)
    let copying = try MigrationPlan(found: found, schema: compact).sql
    #expect(copying.contains("MODIFY COLUMN `task_name` varchar(191) NULL"))
    #expect(copying.contains("ROW_FORMAT=DYNAMIC;"))
    let dynamic = try MigrationPlan(found: found, schema: Self.schema(length: 191, found: found)).sql
    #expect(!dynamic.contains("ROW_FORMAT"))
  }
}
