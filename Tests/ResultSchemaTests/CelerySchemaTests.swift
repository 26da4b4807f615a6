import ResultSchema
import Testing

/// The schema on a server with the standard length.
func standardSchema(_ facts: ServerFacts, rowFormat: RowFormat? = nil) -> CelerySchema {
  CelerySchema(facts: facts, taskIDMaxLength: TaskIDMaxLength.standardLength, rowFormat: rowFormat)
}

/// Facts of a server as installed, apart from what a test says.
func facts(
  _ version: String,
  pageSize: Int = 16384,
  rowFormat: RowFormat = .dynamic,
  engine: StorageEngine = .innoDB,
  sqlMode: String = "STRICT_TRANS_TABLES",
  characterSet: String = "utf8mb4",
  bytesPerCharacter: Int = 4
) throws -> ServerFacts {
  ServerFacts(
    dialect: try #require(Dialect(versionString: version)),
    pageSize: pageSize,
    defaultRowFormat: rowFormat,
    defaultEngine: engine,
    sqlMode: sqlMode,
    characterSet: characterSet,
    bytesPerCharacter: bytesPerCharacter
  )
}

@Suite("The schema on a server")
struct CelerySchemaTests {
  static let versions = [
    "9.7.4-2", "10.5.23-MariaDB-0+deb11u1", "10.11.18-MariaDB-0+deb12u1", "11.8.6-MariaDB-0+deb13u1",
  ]

  @Test("As installed, every server takes the standard length, whole", arguments: versions)
  func standard(version: String) throws {
    let schema = standardSchema(try facts(version)).with(.standard)
    #expect(schema.taskIDMaxLength == 255)
    #expect(schema.fits)
    #expect(schema.remedies.isEmpty)
    #expect(schema.tables == CeleryTables.all(taskIDMaxLength: 255))
    #expect(standardSchema(try facts(version)).with(.auto).taskIDMaxLength == 255)
    #expect(standardSchema(try facts(version)).largestTaskIDMaxLength() == 768)
  }

  @Test("COMPACT by default: refused, then 191 with a prefix for the periodic name", arguments: versions)
  func compact(version: String) throws {
    let facts = try facts(version, rowFormat: .compact)
    let schema = standardSchema(facts).with(.standard)
    #expect(!schema.fits)
    #expect(schema.report.map(\.forecast) == Array(repeating: .init(errorNumber: 1709, limit: 767), count: 3))
    #expect(schema.remedies.map(\.kind) == [.rowFormat, .taskIDMaxLength])
    let shorter = standardSchema(facts).with(.auto)
    #expect(shorter.taskIDMaxLength == 191)
    #expect(shorter.fits)
    let index = shorter.tables[0].index(named: "django_cele_periodi_1993cf_idx")
    #expect(index?.prefixLength == 191)
    #expect(shorter.tables[0].column(named: "periodic_task_name")?.type == .varchar(255))
    #expect(
      shorter.statements[0].contains("KEY `django_cele_periodi_1993cf_idx` (`periodic_task_name`(191))")
    )
  }

  @Test("A larger length that was asked for stays when DYNAMIC rows take it")
  func largerLength() throws {
    let schema = standardSchema(try facts("9.7.4-2", rowFormat: .compact)).with(.length(500))
    #expect(schema.remedies.map(\.schema.taskIDMaxLength) == [500, 191])
    #expect(schema.remedies.first?.schema.rowFormat == .dynamic)
  }

  @Test(
    "Another default engine: InnoDB first, then the length that fits",
    arguments: [
      ("9.7.4-2", StorageEngine.myISAM, 250), ("10.11.18-MariaDB", .myISAM, 250),
      ("10.11.18-MariaDB", .aria, 575), ("10.5.23-MariaDB", .aria, 500),
    ]
  )
  func otherEngine(version: String, engine: StorageEngine, largest: Int) throws {
    let facts = try facts(version, engine: engine)
    let schema = standardSchema(facts).with(.length(largest + 1))
    #expect(schema.remedies.map(\.kind) == [.engine, .taskIDMaxLength])
    #expect(schema.remedies.first?.schema.engine == .innoDB)
    #expect(schema.remedies.first?.schema.rowFormat == nil)
    #expect(schema.remedies.last?.schema.taskIDMaxLength == largest)
    #expect(standardSchema(facts).with(.length(largest)).fits)
  }

  @Test("MyISAM and COMPACT by default: InnoDB needs its row format as well")
  func engineAndRowFormat() throws {
    let facts = try facts("9.7.4-2", rowFormat: .compact, engine: .myISAM)
    let remedy = try #require(standardSchema(facts).with(.standard).remedies.first)
    #expect(remedy.kind == .engine)
    #expect(remedy.schema.rowFormat == .dynamic)
  }

  @Test("COMPACT on small pages: no length fits, DYNAMIC rows do")
  func smallPages() throws {
    let facts = try facts("10.11.18-MariaDB", pageSize: 4096, rowFormat: .compact)
    #expect(standardSchema(facts).largestTaskIDMaxLength() == nil)
    #expect(standardSchema(facts).with(.auto).remedies.map(\.kind) == [.rowFormat])
  }

  @Test("COMPACT on small pages of MySQL: DYNAMIC rows and a smaller length, both")
  func smallPagesOfMySQL() throws {
    let facts = try facts("9.7.4-2", pageSize: 4096, rowFormat: .compact)
    let remedies = standardSchema(facts).with(.standard).remedies
    #expect(remedies.map(\.kind) == [.everything])
    #expect(remedies.first?.schema.taskIDMaxLength == 192)
    #expect(remedies.first?.schema.rowFormat == .dynamic)
  }

  @Test("A silent HASH or prefix is no fit")
  func silent() throws {
    let schema = standardSchema(try facts("10.11.18-MariaDB")).with(.length(769))
    #expect(!schema.fits)
    #expect(schema.report[0].indexes.map(\.outcome).prefix(2) == [.hash, .cutToPrefix(characters: 768)])
    #expect(schema.report[0].forecast.errorNumber == nil)
    #expect(schema.remedies.map(\.schema.taskIDMaxLength) == [768])
  }

  @Test(
    "Where row and index are both too large, MySQL looks at the row first and MariaDB at the index",
    arguments: [("9.7.4-2", 1118, 1982), ("10.11.18-MariaDB", 1709, 767)]
  )
  func order(version: String, number: Int, limit: Int) throws {
    let facts = try facts(version, pageSize: 4096, rowFormat: .compact)
    let schema = CelerySchema(facts: facts, taskIDMaxLength: 192)
    let group = try #require(schema.report.last)
    #expect(group.forecast == TableForecast(errorNumber: number, limit: limit))
    #expect(!group.fits)
  }

  @Test("Strict mode is one of two modes among others")
  func strictMode() throws {
    #expect(try facts("9.7.4-2", sqlMode: "ANSI_QUOTES,STRICT_ALL_TABLES").isStrict)
    #expect(try facts("9.7.4-2", sqlMode: "STRICT_TRANS_TABLES").isStrict)
    #expect(try !facts("9.7.4-2", sqlMode: "").isStrict)
    #expect(try !facts("9.7.4-2", sqlMode: "NO_ZERO_DATE,ONLY_FULL_GROUP_BY").isStrict)
  }
}
