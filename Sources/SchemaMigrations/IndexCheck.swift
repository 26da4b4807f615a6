import MariaDBClient
import ResultSchema

/// Looks whether the indexes of a table are as they were meant to be: a server may have cut one to a prefix or
/// made a UNIQUE one a hash, without an error.
struct IndexCheck {
  let table: Table

  init(_ table: Table) {
    self.table = table
  }

  /// Asks the catalogue, and says the first difference in a sentence without a full stop; nil when there is
  /// none.
  func firstDifference(_ handle: ConnectionHandle) throws -> String? {
    let rows = try handle.query(
      """
      SELECT index_name, column_name, sub_part, index_type FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND table_name = \(table.name)
      """
    ).rows
    for index in table.indexes {
      let found = try rows.first { row throws(MariaDBError) in
        try row.decode(String.self, at: 0) == index.name
      }
      guard let found else { return "the index \(index.name) on \(table.name).\(index.column) is missing" }
      let (prefix, type) = (try found.decode(Int?.self, at: 2), try found.decode(String.self, at: 3))
      if type == "HASH" {
        return "the index on \(table.name).\(index.column) is a HASH index"
      }
      if prefix != index.prefixLength {
        let cut = prefix.map { "only its first \($0) characters" } ?? "all of it"
        return "the index on \(table.name).\(index.column) covers \(cut)"
      }
    }
    return nil
  }
}
