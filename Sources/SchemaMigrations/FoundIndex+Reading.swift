import MariaDBClient
import ResultSchema

extension FoundIndex {
  /// Asks the catalogue for the indexes of a table.
  static func all(of table: String, _ handle: ConnectionHandle) throws -> [FoundIndex] {
    let statement = SQLStatement(sql: query, parameters: [.string(table)])
    return try handle.query(statement).rows.map { row throws(MariaDBError) in
      FoundIndex(
        name: try row.decode(named: "name"),
        column: try row.decode(named: "indexed_column"),
        prefixLength: try row.decode(named: "prefix_length"),
        isUnique: try !row.decode(Bool.self, named: "not_unique"),
        type: try row.decode(named: "type")
      )
    }
  }
}
