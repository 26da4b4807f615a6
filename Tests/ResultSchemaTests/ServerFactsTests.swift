import ResultSchema
import Testing

@Suite("What a server says of itself")
struct ServerFactsTests {
  @Test("The answers become facts")
  func reads() throws {
    let facts = try #require(
      ServerFacts(
        version: "11.8.6-MariaDB-0+deb13u1 from Debian",
        pageSize: 16384,
        defaultRowFormat: "dynamic",
        defaultEngine: "InnoDB",
        sqlMode: "STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION",
        innoDBStrict: 1,
        characterSet: "utf8mb4",
        collation: "utf8mb4_uca1400_ai_ci",
        bytesPerCharacter: 4
      )
    )
    #expect(facts.dialect == Dialect(flavor: .mariaDB, version: ServerVersion(11, 8, 6)))
    #expect(facts.defaultRowFormat == .dynamic)
    #expect(facts.defaultEngine == .innoDB)
    #expect(facts.isStrict)
    #expect(facts.isInnoDBStrict)
  }

  @Test(
    "A version or row format that nobody knows makes no facts",
    arguments: [("x", "dynamic"), ("9.7.4", "y")]
  )
  func refuses(version: String, rowFormat: String) {
    let facts = ServerFacts(
      version: version,
      pageSize: 16384,
      defaultRowFormat: rowFormat,
      defaultEngine: "InnoDB",
      sqlMode: "",
      innoDBStrict: 0,
      characterSet: "latin1",
      collation: "latin1_swedish_ci",
      bytesPerCharacter: 1
    )
    #expect(facts == nil)
  }

  @Test("Names of engines and row formats are read in any case")
  func names() {
    #expect(StorageEngine("innodb") == .innoDB)
    #expect(Set([StorageEngine("MYISAM")]).contains(.myISAM))
    #expect(RowFormat(name: "Compact") == .compact)
    #expect(RowFormat(name: "Page") == nil)
  }
}
