import ResultSchema
import SchemaMigrations
import Testing

/// The plan of another length: a pure value, so no server is needed.
struct ResizePlanTests {
  private static func facts(_ version: String = "10.11.18-MariaDB") throws -> ServerFacts {
    ServerFacts(dialect: try #require(Dialect(versionString: version)))
  }

  private static func found(_ length: Int, at level: CeleryMigration = .newest) -> FoundSchema {
    let tables = CeleryTables.all(at: level, taskIDMaxLength: length).map { table in
      FoundTable(
        name: table.name,
        columns: table.columns.map { column in
          let isText = column.type.characters != nil
          return FoundColumn(
            name: column.name,
            type: column.type.sql,
            characters: column.type.characters,
            isNullable: column.isNullable,
            characterSet: isText ? "utf8mb4" : nil,
            collation: isText ? "utf8mb4_general_ci" : nil,
            bytesPerCharacter: isText ? 4 : nil
          )
        },
        indexes: []
      )
    }
    let ledger = CeleryMigration.allCases.filter { $0 <= level }.map(\.rawValue)
    return FoundSchema(tables: tables, ledgerNames: ledger)
  }

  private static func sql(_ found: FoundSchema, to length: Int) throws -> [String] {
    let plan = try MigrationPlan(resizing: found, facts: facts(), to: length)
    return plan.items.flatMap(plan.statements)
  }

  @Test func `Each table is one statement`() throws {
    #expect(
      try Self.sql(Self.found(255), to: 191) == [
        """
        ALTER TABLE `django_celery_results_taskresult` MODIFY COLUMN `task_id` varchar(191) NOT NULL, \
        MODIFY COLUMN `task_name` varchar(191) NULL
        """,
        "ALTER TABLE `django_celery_results_chordcounter` MODIFY COLUMN `group_id` varchar(191) NOT NULL",
        "ALTER TABLE `django_celery_results_groupresult` MODIFY COLUMN `group_id` varchar(191) NOT NULL",
      ]
    )
  }

  @Test func `Tables that have the length already are left alone`() throws {
    #expect(try Self.sql(Self.found(191), to: 191).isEmpty)
    var found = Self.found(191)
    found.tables[CeleryTables.chordCounterName] = Self.found(255).tables[CeleryTables.chordCounterName]
    #expect(try Self.sql(found, to: 191).count == 1)
  }

  @Test func `Character set, collation and NULL of a column stay`() throws {
    var found = Self.found(255)
    var table = try #require(found.tables[CeleryTables.taskResultName])
    table.columns[1].characterSet = "ascii"
    table.columns[1].collation = "ascii_bin"
    table.columns[1].isNullable = true
    found.tables[table.name] = table
    #expect(
      try Self.sql(found, to: 300)[0].contains(
        "MODIFY COLUMN `task_id` varchar(300) CHARACTER SET ascii COLLATE ascii_bin NULL"
      )
    )
  }

  @Test(arguments: [
    (CeleryMigration.addTaskNameArgsKwargs, ["task_id"]), (.auto20190516, ["task_id", "task_name"]),
    (.taskResultWorker, ["task_id", "task_name"]),
  ])
  func `Tables of an older level get the length where that level has it`(
    level: CeleryMigration,
    columns: [String]
  ) throws {
    let sql = try Self.sql(Self.found(255, at: level), to: 191)
    #expect(sql.count == 1)
    #expect(sql[0].matches(of: /MODIFY COLUMN `(\w+)`/).map { String($0.1) } == columns)
  }

  @Test func `Without tables there is nothing to change`() throws {
    let error = #expect(throws: MigrationError.self) { try Self.sql(FoundSchema(), to: 191) }
    #expect(error?.code == .otherLevel)
  }

  @Test(arguments: [
    ("10.11.18-MariaDB", 191, 255, AlterAlgorithm.instant), ("9.7.4", 191, 255, .inPlace),
    ("10.11.18-MariaDB", 50, 64, .copy), ("9.7.4", 50, 64, .copy), ("11.8.6-MariaDB", 50, 64, .onlineCopy),
    ("10.11.18-MariaDB", 255, 191, .copy), ("9.7.4", 255, 191, .copy),
    ("11.8.6-MariaDB", 255, 191, .onlineCopy), ("9.7.4", 10, 63, .inPlace),
  ])
  func `How the server will do it is foreseen`(
    version: String,
    from: Int,
    to: Int,
    algorithm: AlterAlgorithm
  ) throws {
    let facts = try Self.facts(version)
    let plan = try MigrationPlan(resizing: Self.found(from), facts: facts, to: to)
    #expect(plan.steps.count == 3)
    for step in plan.steps {
      let table = try #require(plan.found.tables[step.tableName])
      #expect(step.expectedAlgorithm(table, on: facts.dialect) == algorithm)
    }
  }

  @Test func `The rules look at the new length in tables that are there`() throws {
    #expect(try MigrationPlan(resizing: Self.found(255), facts: Self.facts(), to: 768).schema.fits)
    let tooLong = try MigrationPlan(resizing: Self.found(255), facts: Self.facts(), to: 769).schema
    #expect(!tooLong.fits)
    #expect(tooLong.largestTaskIDMaxLength() == 768)
  }
}
