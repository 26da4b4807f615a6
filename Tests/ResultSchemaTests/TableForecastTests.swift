import ResultSchema
import Testing

/// How statements end whose columns are about as long as a varchar can be; found on the servers.
struct TableForecastTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var server: String
    var engine = StorageEngine.innoDB
    var rowFormat: RowFormat?
    var isStrict = true
    var bytesPerCharacter = 1
    var length: Int
    /// What comes of the table of chord counters.
    var forecast: TableForecast

    var testDescription: String {
      "\(server) \(engine) \(length) characters of \(bytesPerCharacter) bytes, strict \(isStrict)"
    }
  }

  static let mySQL = "9.7.4-2"
  static let mariaDB = "10.11.18-MariaDB"
  static let rowTooLarge = TableForecast(errorNumber: 1118, limit: 65535)
  static let keyTooLong = TableForecast(errorNumber: 1071, limit: 2300)

  static let cases: [Case] = [
    // MariaDB's hash of a UNIQUE index is a hidden column of eight bytes.
    .init(server: mariaDB, length: 65505, forecast: .init()),
    .init(server: mariaDB, length: 65506, forecast: rowTooLarge),
    .init(server: mariaDB, bytesPerCharacter: 3, length: 21835, forecast: .init()),
    .init(server: mariaDB, bytesPerCharacter: 3, length: 21836, forecast: rowTooLarge),
    // So it is for Aria, which then refuses the hash.
    .init(server: mariaDB, engine: .aria, length: 65505, forecast: keyTooLong),
    .init(server: mariaDB, engine: .aria, length: 65506, forecast: rowTooLarge),
    // A varchar that silently became a text is indexed by MariaDB as before, and not at all by MySQL.
    .init(server: mariaDB, isStrict: false, length: 65533, forecast: .init()),
    .init(server: mariaDB, engine: .aria, isStrict: false, length: 65533, forecast: keyTooLong),
    .init(
      server: mySQL,
      isStrict: false,
      length: 65535,
      forecast: .init(errorNumber: 1071, limit: 3072)
    ),
    .init(server: mySQL, isStrict: false, length: 65536, forecast: .init(errorNumber: 1170)),
    .init(
      server: mySQL,
      rowFormat: .compact,
      length: 65536,
      forecast: .init(errorNumber: 1074, limit: 65535)
    ),
  ]

  @Test(arguments: cases)
  func `The forecast is what the server was seen to do`(item: Case) throws {
    let facts = ServerFacts(
      dialect: try #require(Dialect(versionString: item.server)),
      sqlMode: item.isStrict ? "STRICT_TRANS_TABLES" : "",
      characterSet: "latin1",
      bytesPerCharacter: item.bytesPerCharacter
    )
    let schema = CelerySchema(
      facts: facts,
      taskIDMaxLength: item.length,
      engine: item.engine,
      rowFormat: item.rowFormat
    )
    #expect(schema.report[1].forecast == item.forecast)
  }

  @Test(
    arguments: [
      (RowFormat.dynamic, 16384, TableForecast(), 3072),
      (.dynamic, 8192, TableForecast(), 1536),
      (.dynamic, 4096, TableForecast(), 1173),
      (.compact, 8192, TableForecast(errorNumber: 1709, limit: 767), nil),
      (.compressed, 4096, TableForecast(errorNumber: 1118, limit: 1982), 1173),
    ] as [(RowFormat, Int, TableForecast, Int?)]
  )
  func `A text's plain index is cut by MariaDB to what a whole index may have`(
    rowFormat: RowFormat,
    pageSize: Int,
    forecast: TableForecast,
    prefix: Int?
  ) throws {
    let facts = ServerFacts(
      dialect: try #require(Dialect(versionString: Self.mariaDB)),
      pageSize: pageSize,
      sqlMode: "",
      characterSet: "latin1",
      bytesPerCharacter: 1
    )
    let report = CelerySchema(facts: facts, taskIDMaxLength: 65536, rowFormat: rowFormat).report[0]
    #expect(report.forecast == forecast)
    let index = try #require(report.indexes.first { $0.columnName == "task_name" })
    if let prefix { #expect(index.outcome == .cutToPrefix(characters: prefix)) }
  }
}
