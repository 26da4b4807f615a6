import MariaDBClient
import ResultSchema
import TestSupport

extension ThrowawayDatabase {
  /// The names that Django's ledger has for the app.
  func ledger() async throws -> [String] {
    let statement = SQLStatement(
      sql: DjangoMigrations.selectNames,
      parameters: [.string(CeleryMigration.app)]
    )
    return try await client.query(statement).rows.map { row throws(MariaDBError) in try row.decode(at: 0) }
  }

  /// The names of all tables.
  func tables() async throws -> [String] {
    try await client.query(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name"
    ).rows.map { row throws(MariaDBError) in try row.decode(at: 0) }
  }

  /// What SHOW CREATE TABLE says of each table, without the next AUTO_INCREMENT value.
  func definitions() async throws -> [String] {
    var definitions: [String] = []
    for table in try await tables() {
      let row = try await client.query("SHOW CREATE TABLE \(identifier: table)").rows[0]
      definitions.append(try row.decode(String.self, at: 1).replacing(/\ AUTO_INCREMENT=\d+/, with: ""))
    }
    return definitions
  }

  /// The characters of a column.
  func length(of column: String, in table: String) async throws -> Int {
    try await client.query(
      """
      SELECT character_maximum_length FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = \(table) AND column_name = \(column)
      """
    ).rows[0].decode(at: 0)
  }

  /// The indexes that do not cover their column: `column:characters`, or `column:HASH`.
  func prefixesAndHashes() async throws -> [String] {
    try await client.query(
      """
      SELECT CONCAT(column_name, ':', COALESCE(sub_part, index_type)) FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND (sub_part IS NOT NULL OR index_type = 'HASH')
      """
    ).rows.map { row throws(MariaDBError) in try row.decode(at: 0) }
  }
}
