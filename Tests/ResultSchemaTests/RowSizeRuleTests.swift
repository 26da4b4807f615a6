import ResultSchema
import Testing

/// The last length that a table can have, as found on the servers by halves.
struct RowSizeBorder: Sendable, CustomTestStringConvertible {
  var table: String
  var rowFormat: RowFormat
  var pageSize: Int
  var bytesPerCharacter: Int
  /// The last length that fits; 0 where none does.
  var last: Int
  /// The limit that the error's message names for one character more.
  var limit: Int

  var testDescription: String {
    "\(table) \(rowFormat) page \(pageSize), \(bytesPerCharacter) bytes a character: \(last)"
  }
}

@Suite("How large a row may be")
struct RowSizeRuleTests {
  static let borders: [RowSizeBorder] = [
    .init(table: "group", rowFormat: .compact, pageSize: 4096, bytesPerCharacter: 4, last: 94, limit: 1982),
    .init(table: "group", rowFormat: .compact, pageSize: 4096, bytesPerCharacter: 3, last: 190, limit: 1982),
    .init(
      table: "group",
      rowFormat: .redundant,
      pageSize: 4096,
      bytesPerCharacter: 3,
      last: 185,
      limit: 1979
    ),
    .init(table: "task", rowFormat: .compact, pageSize: 4096, bytesPerCharacter: 1, last: 0, limit: 1982),
    .init(table: "task", rowFormat: .redundant, pageSize: 8192, bytesPerCharacter: 4, last: 0, limit: 4027),
    .init(table: "task", rowFormat: .compact, pageSize: 8192, bytesPerCharacter: 4, last: 0, limit: 4030),
  ]

  static let flavors = ["9.7.4-2", "10.11.18-MariaDB"]

  @Test("InnoDB's border is met exactly on MySQL and MariaDB", arguments: borders, flavors)
  func innoDB(border: RowSizeBorder, server: String) throws {
    let dialect = try #require(Dialect(versionString: server))
    let rule = RowSizeRule(dialect: dialect, rowFormat: border.rowFormat, pageSize: border.pageSize)
    func outcome(_ length: Int) -> RowSizeOutcome {
      var table =
        border.table == "task"
        ? CeleryTables.taskResult(taskIDMaxLength: length) : CeleryTables.groupResult(taskIDMaxLength: length)
      table.indexes.removeAll { $0.kind != .primary }
      return rule.engineOutcome(of: table, bytesPerCharacter: border.bytesPerCharacter)
    }
    if border.last > 0 { #expect(outcome(border.last) == .fits) }
    #expect(outcome(border.last + 1) == .error(number: 1118, limit: border.limit))
  }

  @Test("The record of an index has a border of its own on small compressed pages")
  func compressed() throws {
    let dialect = try #require(Dialect(versionString: "10.11.18-MariaDB"))
    let rule = RowSizeRule(dialect: dialect, rowFormat: .compressed, pageSize: 4096)
    let fits = CeleryTables.chordCounter(taskIDMaxLength: 948)
    let tooLarge = CeleryTables.chordCounter(taskIDMaxLength: 949)
    #expect(rule.engineOutcome(of: fits, bytesPerCharacter: 1) == .fits)
    #expect(rule.engineOutcome(of: tooLarge, bytesPerCharacter: 1) == .error(number: 1118, limit: 1982))
    #expect(
      rule.engineOutcome(of: tooLarge, bytesPerCharacter: 1, keyOutcomes: ["group_id": .hash]) == .fits
    )
  }

  @Test("Without innodb_strict_mode the error is a warning")
  func warning() throws {
    let dialect = try #require(Dialect(versionString: "10.11.18-MariaDB"))
    let rule = RowSizeRule(dialect: dialect, rowFormat: .compact, pageSize: 4096, isInnoDBStrict: false)
    let outcome = rule.engineOutcome(
      of: CeleryTables.taskResult(taskIDMaxLength: 100),
      bytesPerCharacter: 4
    )
    #expect(outcome == .warning(number: 139, limit: 1982))
  }

  @Test(
    "Pages of more than 16 KB cannot be compressed",
    arguments: [("9.7.4-2", 1031), ("10.11.18-MariaDB", 1005)]
  )
  func largePages(server: String, number: Int) throws {
    let dialect = try #require(Dialect(versionString: server))
    let table = CeleryTables.taskResult(taskIDMaxLength: 100)
    var rule = RowSizeRule(dialect: dialect, rowFormat: .compressed, pageSize: 32768)
    #expect(rule.engineOutcome(of: table, bytesPerCharacter: 4) == .compressionRefused(number: number))
    rule.isInnoDBStrict = false
    #expect(rule.engineOutcome(of: table, bytesPerCharacter: 4) == .compressionRefused(number: nil))
    rule.pageSize = 16384
    #expect(rule.engineOutcome(of: table, bytesPerCharacter: 4) == .fits)
  }

  @Test("Other engines have no border of InnoDB's")
  func otherEngine() throws {
    let dialect = try #require(Dialect(versionString: "10.11.18-MariaDB"))
    let rule = RowSizeRule(dialect: dialect, engine: .myISAM, rowFormat: .compact, pageSize: 4096)
    #expect(
      rule.engineOutcome(of: CeleryTables.taskResult(taskIDMaxLength: 255), bytesPerCharacter: 4) == .fits
    )
  }

  @Test(
    "A row of the task's table has 65535 bytes at most: two columns of 7,900 characters are too many",
    arguments: flavors
  )
  func serverLimit(server: String) throws {
    let rule = RowSizeRule(dialect: try #require(Dialect(versionString: server)))
    func outcome(_ length: Int) -> RowSizeOutcome {
      rule.serverOutcome(of: CeleryTables.taskResult(taskIDMaxLength: length), bytesPerCharacter: 4)
    }
    #expect(outcome(7000) == .fits)
    #expect(outcome(7900) == .error(number: 1118, limit: 65535))
  }

  @Test(
    "A varchar has a longest length, and without strict mode a longer one becomes a text",
    arguments: [("9.7.4-2", 1, 65535), ("10.11.18-MariaDB", 1, 65532), ("10.11.18-MariaDB", 4, 16383)]
  )
  func longestVarchar(server: String, bytesPerCharacter: Int, longest: Int) throws {
    let dialect = try #require(Dialect(versionString: server))
    let table = CeleryTables.chordCounter(taskIDMaxLength: longest + 1)
    let strict = RowSizeRule(dialect: dialect)
      .serverOutcome(of: table, bytesPerCharacter: bytesPerCharacter)
    let loose = RowSizeRule(dialect: dialect, isStrict: false)
      .serverOutcome(of: table, bytesPerCharacter: bytesPerCharacter)
    #expect(strict == .error(number: 1074, limit: longest))
    #expect(loose == .columnBecomesText(longest: longest))
  }

  @Test("MEMORY has no longtext")
  func memory() throws {
    let rule = RowSizeRule(dialect: try #require(Dialect(versionString: "9.7.4-2")), engine: .memory)
    let outcome = rule.serverOutcome(
      of: CeleryTables.groupResult(taskIDMaxLength: 10),
      bytesPerCharacter: 4
    )
    #expect(outcome.errorNumber == 1163)
  }
}
