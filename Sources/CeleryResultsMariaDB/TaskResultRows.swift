import CeleryResults
import MariaDBClient
import ResultSchema

/// Rows that were read, by the id that they were asked for.
struct TaskResultRows: Sendable {
  private var byID: [TaskID: EncodedTaskResult] = [:]

  init() {}

  /// Reads the rows of some tasks: one query for each 1,024 of them, and one more where some may be stored in another
  /// spelling.
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
    guard StoredSpellings.mayExist(for: missing, among: self.ids, askedFor: ids) else {
      return
    }
    let table = CeleryTables.taskResultName
    let spellings = try StoredSpellings(of: Array(missing), table: table, column: "task_id", handle)
    for (id, spelling) in spellings.stored {
      self[id] = self[spelling]
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
