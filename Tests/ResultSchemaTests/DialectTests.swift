import ResultSchema
import Testing

@Suite("What SELECT VERSION() says")
struct DialectTests {
  @Test(
    "Family and version are read from every known form",
    arguments: [
      ("10.11.18-MariaDB-0+deb12u1", ServerFlavor.mariaDB, ServerVersion(10, 11, 18)),
      ("11.8.6-MariaDB-0+deb13u1 from Debian", .mariaDB, ServerVersion(11, 8, 6)),
      ("5.5.5-10.5.23-MariaDB", .mariaDB, ServerVersion(10, 5, 23)),
      ("10.4.34-MariaDB-1:10.4.34+maria~ubu2004-log", .mariaDB, ServerVersion(10, 4, 34)),
      ("9.7.4-2", .mySQL, ServerVersion(9, 7, 4)),
      ("8.0.36-0ubuntu0.22.04.1", .mySQL, ServerVersion(8, 0, 36)),
      ("8.0.35-27", .mySQL, ServerVersion(8, 0, 35)),
      ("5.7.44-log", .mySQL, ServerVersion(5, 7, 44)),
      ("8.4", .mySQL, ServerVersion(8, 4, 0)),
    ]
  )
  func parses(text: String, flavor: ServerFlavor, version: ServerVersion) throws {
    let dialect = try #require(Dialect(versionString: text))
    #expect(dialect == Dialect(flavor: flavor, version: version))
  }

  @Test("A text without a number is no version", arguments: ["", "MariaDB", "unknown"])
  func refuses(text: String) {
    #expect(Dialect(versionString: text) == nil)
  }

  @Test(
    "The row alias is known to MySQL from 8.0.19 on and never to MariaDB",
    arguments: [
      ("8.0.18", false), ("8.0.19", true), ("9.7.4-2", true), ("5.7.44", false),
      ("10.11.18-MariaDB", false), ("11.8.6-MariaDB", false),
    ]
  )
  func rowAlias(text: String, expected: Bool) throws {
    #expect(try #require(Dialect(versionString: text)).supportsRowAlias == expected)
  }

  @Test(
    "Locked rows can be skipped on MySQL 8 and MariaDB 10.6",
    arguments: [
      ("8.0.0", false), ("8.0.1", true), ("9.7.4-2", true), ("5.7.44", false),
      ("10.5.29-MariaDB", false), ("10.6.0-MariaDB", true), ("5.5.5-10.11.18-MariaDB", true),
    ]
  )
  func skipLocked(text: String, expected: Bool) throws {
    #expect(try #require(Dialect(versionString: text)).supportsSkipLocked == expected)
  }

  @Test("Versions compare number by number")
  func order() {
    #expect(ServerVersion(10, 4) > ServerVersion(9, 99, 99))
    #expect(ServerVersion(10, 4, 9) < ServerVersion(10, 4, 10))
    #expect(ServerVersion(10, 11, 18).description == "10.11.18")
  }
}
