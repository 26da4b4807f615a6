import CeleryResults
import MariaDBClient

/// The ids of the rows that some tasks have.
struct StoredRowIDs {
  private var exact: [String: Int64] = [:]
  /// Those whose task id is stored in another spelling than it was asked for: to the column's collation they are one.
  private var folded: [String: Int64] = [:]

  /// Asks for them in one query.
  ///
  /// It sees what was committed before, and takes no lock: a row that comes meanwhile is found by its key.
  init(of tasks: [TaskID], _ handle: ConnectionHandle) throws {
    guard let last = tasks.last else { return }
    // Filled up, so that a connection keeps few prepared statements.
    let count = tasks.count.roundedUpToPowerOfTwo
    let rows = try handle.query(TaskResultStatements.rowIDs(ofTasks: count)) { parameters in
      for task in tasks { parameters.append(task.rawValue) }
      for _ in tasks.count..<count { parameters.append(last.rawValue) }
    }.rows
    guard !rows.isEmpty else { return }
    let asked = Set(tasks.map(\.rawValue))
    for row in rows {
      let (id, task) = try row.decode(Int64.self, String.self)
      if asked.contains(task) { exact[task] = id } else { folded[task.lowercased()] = id }
    }
  }

  subscript(task: TaskID) -> Int64? {
    if exact.isEmpty && folded.isEmpty { return nil }
    return exact[task.rawValue] ?? (folded.isEmpty ? nil : folded[task.rawValue.lowercased()])
  }
}
