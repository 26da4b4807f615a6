@testable import ResultSchema
import Testing

@Suite("The steps of the migrations")
struct MigrationStepsTests {
  static func found(at level: CeleryMigration, length: Int = 255) -> FoundSchema {
    FoundSchema(
      tables: CeleryTables.all(at: level, taskIDMaxLength: length).map {
        FoundTable($0, engine: .innoDB, rowFormat: .dynamic, statesRowFormat: false)
      },
      ledgerNames: CeleryMigration.allCases.filter { $0 <= level }.map(\.rawValue)
    )
  }

  static let schema = CelerySchema(
    facts: ServerFacts(dialect: Dialect(flavor: .mariaDB, version: ServerVersion(10, 11))),
    taskIDMaxLength: 255
  )

  @Test("The newest tables are those of release 2.6")
  func newest() {
    let table = CeleryTables.taskResult(taskIDMaxLength: 191)
    #expect(
      table.columns.map(\.name).joined(separator: " ")
        == "id task_id status content_type content_encoding result date_done traceback meta task_args task_kwargs "
        + "task_name worker date_created periodic_task_name date_started"
    )
    #expect(
      table.indexes.map(\.name) == [
        "PRIMARY", "task_id", "django_cele_task_na_08aec9_idx", "django_cele_status_9b6201_idx",
        "django_cele_worker_d54dd8_idx", "django_cele_date_cr_f04a50_idx", "django_cele_date_do_f59aad_idx",
        "django_cele_periodi_1993cf_idx",
      ]
    )
    #expect(table.columns.compactMap(\.type.characters) == [191, 50, 128, 64, 191, 100, 255])
  }

  @Test("Each level and the steps of the next migration make the next level", arguments: 1...13, [255, 191])
  func steps(number: Int, length: Int) throws {
    let level = try #require(CeleryMigration(number: number))
    let next = try #require(CeleryMigration(number: number + 1))
    var schema = Self.schema
    schema.taskIDMaxLength = length
    var tables = Self.found(at: level, length: length)
    for step in next.steps(taskIDMaxLength: length) {
      guard let step = step.remaining(in: tables) else { continue }
      tables.apply(step, of: schema)
    }
    let expected = Self.found(at: next, length: length)
    for (name, table) in expected.tables {
      #expect(tables.tables[name]?.columns == table.columns)
      #expect(tables.tables[name]?.indexes == table.indexes)
    }
    for step in next.steps(taskIDMaxLength: length) where step.action != .copyDateDone {
      #expect(step.remaining(in: tables) == nil, "a step that is done is done")
    }
  }

  @Test("Columns come and go with statements of their own, which servers do at once")
  func instantly() {
    for migration in CeleryMigration.allCases {
      for step in migration.steps(taskIDMaxLength: 255) {
        guard case .alterTable(_, let changes) = step.action else { continue }
        let columns = changes.count { change in
          switch change {
          case .addColumn, .dropColumn: true
          default: false
          }
        }
        #expect(columns == 0 || columns == changes.count)
      }
    }
  }

  @Test("Indexes that another release of Django has named are found by their column")
  func generatedNames() throws {
    var tables = Self.found(at: .chordCounter)
    let name = CeleryTables.taskResultName
    for place in try #require(tables.tables[name]).indexes.indices {
      tables.tables[name]?.indexes[place].name += "x"
    }
    let statements = CeleryMigration.groupResult.steps(taskIDMaxLength: 255).compactMap { step -> String? in
      guard case .alterTable(let table, let changes)? = step.remaining(in: tables)?.action else { return nil }
      return SchemaGenerator().alterTable(table, changes)
    }
    #expect(statements.count == 1)
    #expect(statements[0].contains("DROP INDEX `django_celery_results_taskresult_status_cbbed23ax`"))
    #expect(statements[0].contains("ADD KEY `django_cele_status_9b6201_idx` (`status`)"))
  }

  @Test("A table that Django has made without its indexes yet gets them")
  func indexesOfHalfATable() throws {
    var tables = Self.found(at: .groupResult)
    tables.tables[CeleryTables.groupResultName]?.indexes.removeLast()
    let steps = CeleryMigration.groupResult.steps(taskIDMaxLength: 255).compactMap {
      $0.remaining(in: tables)
    }
    #expect(
      steps.map(\.action) == [
        .alterTable(
          CeleryTables.groupResultName,
          [.addIndex(Index("django_cele_date_do_caae0e_idx", .plain, on: "date_done"))]
        )
      ]
    )
  }

  @Test("What stands after ALTER TABLE keeps a column's own collation")
  func collation() throws {
    var tables = Self.found(at: .auto20181106)
    let name = CeleryTables.taskResultName
    let place = try #require(tables.tables[name]?.columns.firstIndex { $0.name == "task_name" })
    tables.tables[name]?.columns[place].characterSet = "utf8mb4"
    tables.tables[name]?.columns[place].collation = "utf8mb4_bin"
    let step = CeleryMigration.auto20190516.steps(taskIDMaxLength: 191).first?.remaining(in: tables)
    guard case .alterTable(let table, let changes)? = step?.action else {
      Issue.record("no ALTER TABLE")
      return
    }
    #expect(
      SchemaGenerator().alterTable(table, changes, algorithm: .inPlace).contains(
        "MODIFY COLUMN `task_name` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,"
      )
    )
  }
}
