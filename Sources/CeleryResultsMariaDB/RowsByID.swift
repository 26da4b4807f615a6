import CeleryResults
import MariaDBClient

/// Rows that were asked for by ids, each under the id that it was asked for: one query for each 1,024 of them.
struct RowsByID: Sendable {
  private var rows: [TaskID: MariaDBRow] = [:]

  /// Asks for rows.
  ///
  /// - Parameters:
  ///   - ids: The ids.
  ///   - column: The column that has them.
  ///   - handle: The connection.
  ///   - statement: Reads the rows of some ids.
  init(
    _ ids: [TaskID],
    column: String,
    _ handle: ConnectionHandle,
    statement: ([TaskID]) -> SQLStatement
  ) throws {
    var hasOthers = false
    let asked = Set(ids)
    var rest = ids[...]
    while !rest.isEmpty {
      let piece = Array(rest.prefix(DatabaseBackend.idsPerQuery))
      rest = rest.dropFirst(piece.count)
      for row in try handle.query(statement(piece)).rows {
        let id = TaskID(try row.decode(String.self, named: column))
        if asked.contains(id) { rows[id] = row } else { hasOthers = true }
      }
    }
    // To the server two ids may be one that to Swift are not: then a row has another id than was asked for.
    guard hasOthers else { return }
    for id in ids where rows[id] == nil { rows[id] = try handle.query(statement([id])).rows.first }
  }

  subscript(id: TaskID) -> MariaDBRow? { rows[id] }
}
