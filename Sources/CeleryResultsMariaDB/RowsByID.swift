import CeleryResults
import MariaDBClient

/// Rows that were asked for by ids, each under the id that it was asked for: one query for each 1,024 of them, and one
/// more where some may be stored in another spelling.
struct RowsByID: Sendable {
  private var rows: [TaskID: MariaDBRow] = [:]

  /// Asks for rows.
  ///
  /// - Parameters:
  ///   - ids: The ids.
  ///   - table: The table.
  ///   - column: The column that has them.
  ///   - handle: The connection.
  ///   - statement: Reads the rows of some ids.
  init(
    _ ids: [TaskID],
    table: String,
    column: String,
    _ handle: ConnectionHandle,
    statement: ([TaskID]) -> SQLStatement
  ) throws {
    var rest = ids[...]
    while !rest.isEmpty {
      let piece = Array(rest.prefix(DatabaseBackend.idsPerQuery))
      rest = rest.dropFirst(piece.count)
      for row in try handle.query(statement(piece)).rows {
        rows[TaskID(try row.decode(String.self, named: column))] = row
      }
    }
    let missing = Set(ids.filter { rows[$0] == nil })
    guard StoredSpellings.mayExist(for: missing, among: Set(rows.keys), askedFor: ids)
    else {
      return
    }
    let spellings = try StoredSpellings(of: Array(missing), table: table, column: column, handle)
    for (id, spelling) in spellings.stored { rows[id] = rows[spelling] }
  }

  subscript(id: TaskID) -> MariaDBRow? { rows[id] }
}
