@testable import ResultSchema
import Testing

@Suite("How far a database is")
struct SchemaLevelTests {
  static let task11: Set = [
    "id", "task_id", "status", "content_type", "content_encoding", "result", "date_done", "traceback",
    "hidden",
    "meta", "task_name", "task_args", "task_kwargs",
  ]

  static let current: [String: Set<String>] = Dictionary(
    uniqueKeysWithValues: CeleryTables.all(taskIDMaxLength: 255).map {
      ($0.name, Set($0.columns.map(\.name)))
    }
  )

  static func names(upTo number: Int) -> [String] {
    CeleryMigration.allCases.prefix(number).map(\.rawValue)
  }

  @Test("Nothing is there")
  func absent() {
    #expect(SchemaLevel(ledgerNames: [], columns: [:]).state == .absent)
    #expect(SchemaLevel(ledgerNames: [], columns: ["auth_user": ["id"]]).state == .absent)
  }

  @Test("The final level, whatever the order of its names")
  func complete() {
    let level = SchemaLevel(ledgerNames: Self.names(upTo: 14).reversed(), columns: Self.current)
    #expect(level.state == .current)
    #expect(level.description == "the tables are at level 0014 (django-celery-results 2.6)")
  }

  @Test("A level below, named")
  func below() {
    var columns = Self.current
    columns[CeleryTables.taskResultName]?.subtract(["date_started"])
    let level = SchemaLevel(ledgerNames: Self.names(upTo: 11), columns: columns)
    #expect(level.state == .at(.taskResultPeriodicTaskName))
    #expect(level.description == "the tables are at level 0011 (django-celery-results 2.3 to 2.5)")
    let unreleased = SchemaLevel(ledgerNames: Self.names(upTo: 12), columns: Self.current)
    #expect(unreleased.state == .at(.taskResultDateStarted))
    #expect(unreleased.description == "the tables are at level 0012")
  }

  @Test("Release 1.1 from its columns alone")
  func release11() {
    let level = SchemaLevel(ledgerNames: [], columns: [CeleryTables.taskResultName: Self.task11])
    #expect(level.state == .tablesWithoutLedger(.addTaskNameArgsKwargs ... .auto20190516))
    #expect(
      level.description == "the tables of level 0002 to 0004 (django-celery-results 1.1) are there, "
        + "but Django's ledger does not know them"
    )
    let noted = SchemaLevel(
      ledgerNames: Self.names(upTo: 2),
      columns: [CeleryTables.taskResultName: Self.task11]
    )
    #expect(noted.state == .at(.addTaskNameArgsKwargs))
  }

  @Test("A ledger without tables")
  func ledgerOnly() {
    let level = SchemaLevel(ledgerNames: Self.names(upTo: 14), columns: [:])
    #expect(level.state == .ledgerWithoutTables)
    #expect(level.description.contains("14 migrations"))
  }

  @Test("A ledger that the tables contradict")
  func contradiction() {
    let level = SchemaLevel(
      ledgerNames: Self.names(upTo: 14),
      columns: SchemaLevel.expected(at: .taskResultWorker)
    )
    #expect(level.state == .unknown)
    #expect(
      level.description == "tables of level 0005, but a ledger of level 0014 (django-celery-results 2.6)"
    )
    #expect(level.migrationsDone == nil)
  }

  @Test("Tables that are beyond their ledger")
  func ahead() {
    let level = SchemaLevel(ledgerNames: Self.names(upTo: 5), columns: Self.current)
    #expect(level.state == .tablesAhead(.taskResultDateStarted ... .newest))
    #expect(level.migrationsDone == 11)
  }

  @Test("A migration that was begun")
  func begun() {
    var columns = SchemaLevel.expected(at: .taskResultDateCreated)
    columns[CeleryTables.chordCounterName] = ["id"]
    #expect(SchemaLevel(ledgerNames: Self.names(upTo: 6), columns: columns).state == .unknown)
    columns[CeleryTables.chordCounterName] = nil
    let level = SchemaLevel(ledgerNames: Self.names(upTo: 5), columns: columns)
    #expect(level.state == .begun(.taskResultDateCreated))
    #expect(level.migrationsDone == 5)
    columns = SchemaLevel.expected(at: .chordCounter)
    columns[CeleryTables.groupResultName] = SchemaLevel.expected(at: .newest)[CeleryTables.groupResultName]
    #expect(SchemaLevel(ledgerNames: Self.names(upTo: 8), columns: columns).state == .begun(.groupResult))
  }

  @Test("Some tables of the newest level, as a run leaves them that was interrupted")
  func interrupted() {
    let some = Self.current.filter { $0.key == CeleryTables.taskResultName }
    let level = SchemaLevel(ledgerNames: [], columns: some)
    #expect(level.state == .tablesWithoutLedger(.taskResultDateStarted ... .newest))
    #expect(SchemaLevel(ledgerNames: Self.names(upTo: 14), columns: some).state == .unknown)
  }

  @Test("A ledger with a gap or an unknown name")
  func gaps() {
    let gap = Self.names(upTo: 14).filter { $0 != CeleryMigration.chordCounter.rawValue }
    let level = SchemaLevel(ledgerNames: gap, columns: Self.current)
    #expect(level.state == .unknown)
    #expect(level.description.hasSuffix("and a ledger without 0008"))
    let later = SchemaLevel(ledgerNames: Self.names(upTo: 14) + ["0015_later"], columns: Self.current)
    #expect(later.state == .unknown)
    #expect(later.description.hasSuffix("unknown migrations: 0015_later"))
  }

  @Test("Columns that somebody has added do not count")
  func foreign() {
    var columns = Self.current
    columns[CeleryTables.taskResultName]?.insert("extra")
    #expect(SchemaLevel(ledgerNames: Self.names(upTo: 14), columns: columns).state == .current)
  }

  @Test("Tables of no known level")
  func unknownColumns() {
    var columns = Self.current
    columns[CeleryTables.taskResultName]?.remove("status")
    let level = SchemaLevel(ledgerNames: [], columns: columns)
    #expect(level.state == .unknown)
    #expect(level.description == "tables of no known level, and an empty ledger")
  }
}
