#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient

/// Rows that were read, by the id that they were asked for.
struct TaskResultRows: Sendable {
  private let columns: TableColumns
  private var byID: [TaskID: EncodedTaskResult] = [:]

  init(columns: TableColumns) {
    self.columns = columns
  }

  /// Reads the rows of some tasks: one query for each 1,024 of them.
  init(_ ids: [TaskID], _ handle: ConnectionHandle, _ catalog: Catalog) throws {
    self.init(columns: catalog.taskResults)
    var rest = ids[...]
    while !rest.isEmpty {
      let statement = TaskResultStatements(catalog).select(Array(rest.prefix(DatabaseBackend.idsPerQuery)))
      try append(handle.query(statement).rows)
      rest = rest.dropFirst(DatabaseBackend.idsPerQuery)
    }
    // To the server two ids may be one that to Swift are not: then a row has another id than was asked for.
    let folded = Set(self.ids.map { $0.rawValue.lowercased() })
    let hasOtherIDs = !self.ids.isSubset(of: ids)
    for id in ids where self[id] == nil && (hasOtherIDs || folded.contains(id.rawValue.lowercased())) {
      let row = try handle.query(TaskResultStatements(catalog).select([id])).rows.first
      self[id] = try row.map { try EncodedTaskResult(row: $0, columns: catalog.taskResults) }
      self[id]?.id = id
    }
  }

  mutating func append(_ rows: [MariaDBRow]) throws {
    for row in rows {
      let result = try EncodedTaskResult(row: row, columns: columns)
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

extension EncodedTaskResult {
  /// Reads a row that has the columns of ``TaskResultStatements/readColumns`` that the table has.
  init(row: MariaDBRow, columns: TableColumns) throws(MariaDBError) {
    func text(_ name: String) throws(MariaDBError) -> String? {
      columns.contains(name) ? try row.decode(String?.self, named: name) : nil
    }
    func date(_ name: String) throws(MariaDBError) -> Date? {
      columns.contains(name) ? try row.decode(Date?.self, named: name) : nil
    }
    self.init(
      id: TaskID(try row.decode(String.self, named: "task_id")),
      state: TaskState(rawValue: try row.decode(String.self, named: "status"))
    )
    contentType = ContentType(rawValue: try text("content_type") ?? "")
    contentEncoding = ContentEncoding(rawValue: try text("content_encoding") ?? "")
    result = try text("result")
    meta = try text("meta")
    traceback = try text("traceback")
    name = try text("task_name")
    args = try text("task_args")
    kwargs = try text("task_kwargs")
    worker = try text("worker")
    periodicTaskName = try text("periodic_task_name")
    dateDone = try date("date_done")
    dateCreated = try date("date_created")
    dateStarted = try date("date_started")
  }
}
