import ResultSchema
import Testing

/// One line of what servers were seen to do with an index on a varchar column.
struct KeyLengthCase: Sendable, CustomTestStringConvertible {
  var server: String
  var engine = StorageEngine.innoDB
  var rowFormat = RowFormat.dynamic
  var isStated = false
  var pageSize = 16384
  var isStrict = true
  var characters: Int
  var bytesPerCharacter = 4
  var unique: KeyLengthOutcome
  var plain: KeyLengthOutcome

  var testDescription: String {
    "\(server) \(engine) \(rowFormat) stated \(isStated) page \(pageSize) strict \(isStrict) "
      + "\(characters) characters of \(bytesPerCharacter)"
  }

  func rule() throws -> KeyLengthRule {
    KeyLengthRule(
      dialect: try #require(Dialect(versionString: server)),
      engine: engine,
      rowFormat: rowFormat,
      statesRowFormat: isStated,
      pageSize: pageSize,
      isStrict: isStrict
    )
  }
}

private let mySQL = "9.7.4-2"
private let mariaDB = "10.11.18-MariaDB-0+deb12u1"
private let mariaDB105 = "10.5.23-MariaDB-0+deb11u1"

private func tooLong(_ limit: Int) -> KeyLengthOutcome { .error(number: 1071, limitBytes: limit) }
private let columnTooLong = KeyLengthOutcome.error(number: 1709, limitBytes: 767)

@Suite("What a server does with an index")
struct KeyLengthRuleTests {
  static let mySQLCases: [KeyLengthCase] = [
    .init(server: mySQL, characters: 768, unique: .fits, plain: .fits),
    .init(server: mySQL, characters: 769, unique: tooLong(3072), plain: tooLong(3072)),
    .init(
      server: mySQL,
      isStrict: false,
      characters: 769,
      unique: tooLong(3072),
      plain: .cutToPrefix(characters: 768)
    ),
    .init(server: mySQL, rowFormat: .compact, isStated: true, characters: 191, unique: .fits, plain: .fits),
    .init(
      server: mySQL,
      rowFormat: .compact,
      isStated: true,
      characters: 192,
      unique: tooLong(767),
      plain: tooLong(767)
    ),
    .init(
      server: mySQL,
      rowFormat: .redundant,
      isStated: true,
      isStrict: false,
      characters: 192,
      unique: tooLong(767),
      plain: .cutToPrefix(characters: 191)
    ),
    .init(
      server: mySQL,
      rowFormat: .compact,
      characters: 192,
      unique: columnTooLong,
      plain: columnTooLong
    ),
    .init(
      server: mySQL,
      rowFormat: .redundant,
      isStrict: false,
      characters: 255,
      unique: columnTooLong,
      plain: columnTooLong
    ),
    .init(
      server: mySQL,
      rowFormat: .compressed,
      isStated: true,
      characters: 768,
      unique: .fits,
      plain: .fits
    ),
    .init(server: mySQL, pageSize: 8192, characters: 384, unique: .fits, plain: .fits),
    .init(server: mySQL, pageSize: 8192, characters: 385, unique: tooLong(1536), plain: tooLong(1536)),
    .init(server: mySQL, pageSize: 4096, characters: 192, unique: .fits, plain: .fits),
    .init(server: mySQL, pageSize: 4096, characters: 193, unique: tooLong(768), plain: tooLong(768)),
    // The cut key is still too long for a small page.
    .init(
      server: mySQL,
      pageSize: 4096,
      isStrict: false,
      characters: 769,
      unique: tooLong(3072),
      plain: tooLong(768)
    ),
    .init(server: mySQL, engine: .myISAM, characters: 250, unique: .fits, plain: .fits),
    .init(server: mySQL, engine: .myISAM, characters: 251, unique: tooLong(1000), plain: tooLong(1000)),
    .init(
      server: mySQL,
      engine: .myISAM,
      isStrict: false,
      characters: 251,
      unique: tooLong(1000),
      plain: .cutToPrefix(characters: 250)
    ),
    .init(server: mySQL, engine: .memory, characters: 769, unique: tooLong(3072), plain: tooLong(3072)),
  ]

  static let mariaDBCases: [KeyLengthCase] = [
    .init(server: mariaDB, characters: 768, unique: .fits, plain: .fits),
    .init(server: mariaDB, characters: 769, unique: .hash, plain: .cutToPrefix(characters: 768)),
    .init(
      server: mariaDB,
      isStrict: false,
      characters: 769,
      unique: .hash,
      plain: .cutToPrefix(characters: 768)
    ),
    .init(server: mariaDB, rowFormat: .compact, isStated: true, characters: 191, unique: .fits, plain: .fits),
    .init(
      server: mariaDB,
      rowFormat: .compact,
      isStated: true,
      characters: 192,
      unique: columnTooLong,
      plain: columnTooLong
    ),
    .init(
      server: mariaDB,
      rowFormat: .redundant,
      isStrict: false,
      characters: 768,
      unique: columnTooLong,
      plain: columnTooLong
    ),
    .init(
      server: mariaDB,
      rowFormat: .compact,
      characters: 769,
      unique: .hash,
      plain: columnTooLong
    ),
    .init(server: mariaDB, pageSize: 8192, characters: 384, unique: .fits, plain: .fits),
    .init(server: mariaDB, pageSize: 8192, characters: 385, unique: .hash, plain: tooLong(1536)),
    .init(server: mariaDB, pageSize: 4096, characters: 255, unique: .fits, plain: .fits),
    .init(server: mariaDB, pageSize: 4096, characters: 293, unique: .fits, plain: .fits),
    .init(server: mariaDB, pageSize: 4096, characters: 294, unique: .hash, plain: tooLong(1173)),
    .init(server: mariaDB, engine: .myISAM, characters: 250, unique: .fits, plain: .fits),
    .init(
      server: mariaDB,
      engine: .myISAM,
      characters: 251,
      unique: .hash,
      plain: .cutToPrefix(characters: 250)
    ),
    .init(server: mariaDB, engine: .aria, characters: 575, unique: .fits, plain: .fits),
    .init(
      server: mariaDB,
      engine: .aria,
      characters: 576,
      unique: tooLong(2300),
      plain: .cutToPrefix(characters: 575)
    ),
    .init(server: mariaDB105, engine: .aria, characters: 500, unique: .fits, plain: .fits),
    .init(
      server: mariaDB105,
      engine: .aria,
      characters: 501,
      unique: tooLong(2000),
      plain: .cutToPrefix(characters: 500)
    ),
    .init(
      server: mariaDB,
      engine: .memory,
      characters: 769,
      unique: .error(number: 1910, limitBytes: nil),
      plain: .cutToPrefix(characters: 768)
    ),
    .init(
      server: "10.3.39-MariaDB",
      characters: 769,
      unique: tooLong(3072),
      plain: .cutToPrefix(characters: 768)
    ),
  ]

  static let otherCharacterSets: [KeyLengthCase] = [
    .init(
      server: mySQL,
      rowFormat: .compact,
      isStated: true,
      characters: 255,
      bytesPerCharacter: 3,
      unique: .fits,
      plain: .fits
    ),
    .init(
      server: mySQL,
      rowFormat: .compact,
      isStated: true,
      characters: 256,
      bytesPerCharacter: 3,
      unique: tooLong(767),
      plain: tooLong(767)
    ),
    .init(
      server: mariaDB,
      rowFormat: .compact,
      characters: 767,
      bytesPerCharacter: 1,
      unique: .fits,
      plain: .fits
    ),
    .init(
      server: mariaDB,
      rowFormat: .compact,
      characters: 768,
      bytesPerCharacter: 1,
      unique: columnTooLong,
      plain: columnTooLong
    ),
    .init(
      server: mariaDB,
      characters: 3073,
      bytesPerCharacter: 1,
      unique: .hash,
      plain: .cutToPrefix(characters: 3072)
    ),
    .init(
      server: mySQL,
      isStrict: false,
      characters: 1025,
      bytesPerCharacter: 3,
      unique: tooLong(3072),
      plain: .cutToPrefix(characters: 1024)
    ),
  ]

  @Test("It is foreseen, line by line", arguments: mySQLCases + mariaDBCases + otherCharacterSets)
  func outcome(line: KeyLengthCase) throws {
    let rule = try line.rule()
    let unique = rule.outcome(
      characters: line.characters,
      bytesPerCharacter: line.bytesPerCharacter,
      isUnique: true
    )
    let plain = rule.outcome(
      characters: line.characters,
      bytesPerCharacter: line.bytesPerCharacter,
      isUnique: false
    )
    #expect(unique == line.unique)
    #expect(plain == line.plain)
  }

  @Test("The limit is the border between whole and not", arguments: mySQLCases + mariaDBCases)
  func limit(line: KeyLengthCase) throws {
    let rule = try line.rule()
    let largest = rule.largestLength(bytesPerCharacter: 4)
    for isUnique in [true, false] {
      #expect(rule.outcome(characters: largest, bytesPerCharacter: 4, isUnique: isUnique) == .fits)
      #expect(rule.outcome(characters: largest + 1, bytesPerCharacter: 4, isUnique: isUnique) != .fits)
    }
  }

  @Test("The largest length is the limit divided by the bytes of a character")
  func largestLength() throws {
    let dialect = try #require(Dialect(versionString: mariaDB))
    let compact = KeyLengthRule(dialect: dialect, rowFormat: .compact)
    #expect(compact.limitBytes == 767)
    #expect(compact.largestLength(bytesPerCharacter: 4) == 191)
    #expect(compact.largestLength(bytesPerCharacter: 3) == 255)
    #expect(KeyLengthRule(dialect: dialect).largestLength(bytesPerCharacter: 4) == 768)
  }
}
