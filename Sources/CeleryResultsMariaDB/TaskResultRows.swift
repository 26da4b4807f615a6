import CeleryResults
import MariaDBClient

/// Rows that were read, by the id that they were asked for.
struct TaskResultRows: Sendable {
  private var byID: [TaskID: EncodedTaskResult] = [:]

  init() {}

  /// Reads the rows of some tasks: one query for each 1,024 of them.
  init(_ ids: [TaskID], _ handle: ConnectionHandle, _ catalog: Catalog) throws {
    self.init()
    let statements = TaskResultStatements(catalog)
    var rest = ids[...]
    while !rest.isEmpty {
      let piece = rest.prefix(DatabaseBackend.idsPerQuery)
      try append(handle.query(statements.select(Array(piece))).rows)
      rest = rest.dropFirst(piece.count)
    }
    let missing = Set(ids.filter { byID[$0] == nil })
    guard !missing.isEmpty, !byID.isEmpty else { return }
    // To the server two ids may be one that to Swift are not: then a row has another id than was asked for.
    let folded = Set(self.ids.map { $0.rawValue.lowercased() })
    let hasOtherIDs = !self.ids.isSubset(of: ids)
    for id in missing where hasOtherIDs || folded.contains(id.rawValue.lowercased()) {
      let row = try handle.query(statements.select([id])).rows.first
      self[id] = try row.map { try TaskResultColumns($0.columns).result(in: $0) }
      self[id]?.id = id
    }
  }

  mutating func append(_ rows: [MariaDBRow]) throws {
    guard let first = rows.first else { return }
    let columns = try TaskResultColumns(first.columns)
    for row in rows {
      let result = try columns.result(in: row)
      byID[result.id] = result
    }
  }

  /// The ids of the rows.
  var ids: Set<TaskID> { Set(byID.keys) }

  subscript(id: TaskID) -> EncodedTaskResult? {
    get { byID[id] }
    set { byID[id] = newValue }
  }
}
