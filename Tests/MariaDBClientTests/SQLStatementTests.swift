import MariaDBClient
import Testing

@Suite struct SQLStatementTests {
  @Test func `Interpolation binds values and never puts them into the text`() {
    let name = "x'; DROP TABLE t; --"
    let statement: SQLStatement = "SELECT 1 FROM t WHERE a = \(name) AND b = \(42) AND c = \(nil as String?)"
    #expect(statement.sql == "SELECT 1 FROM t WHERE a = ? AND b = ? AND c = ?")
    #expect(statement.parameters == [.string(name), .int(42), .null])
  }

  @Test func `A list becomes as many places as it has values`() {
    let statement: SQLStatement = "SELECT 1 WHERE a IN (\(list: ["x", "y"]))"
    #expect(statement.sql == "SELECT 1 WHERE a IN (?, ?)")
    #expect(statement.parameters == [.string("x"), .string("y")])
  }

  @Test func `An empty list matches nothing`() {
    let statement: SQLStatement = "SELECT 1 WHERE a IN (\(list: [Int]()))"
    #expect(statement.sql == "SELECT 1 WHERE a IN (NULL)")
  }

  @Test(arguments: [
    ("t", "`t`"), ("a`b", "`a``b`"), ("", "``"), ("`", "````"), ("a`\u{301}b", "`a``\u{301}b`"),
  ])
  func `An identifier is quoted`(name: String, quoted: String) {
    let statement: SQLStatement = "SELECT * FROM \(identifier: name)"
    #expect(statement.sql == "SELECT * FROM " + quoted)
  }
}
