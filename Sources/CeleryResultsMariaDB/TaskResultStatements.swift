import CeleryResults
import MariaDBClient
import ResultSchema

/// The statements on the table of task results, as values.
struct TaskResultStatements {
  let dialect: Dialect
  let columns: TableColumns

  init(_ catalog: Catalog) {
    self.init(dialect: catalog.dialect, columns: catalog.taskResults)
  }

  init(dialect: Dialect, columns: TableColumns) {
    self.dialect = dialect
    self.columns = columns
  }

  static let table = SQLStatement.quoted(identifier: CeleryTables.taskResultName)

  /// Reads the ids of the rows of some tasks, so that stores over them can name these: the text alone.
  static func rowIDs(ofTasks count: Int) -> String {
    "SELECT `id`, `task_id` FROM \(table) WHERE `task_id` IN (?\(String(repeating: ", ?", count: count - 1)))"
  }

  /// Deletes a task's row.
  func forget(_ id: TaskID) -> SQLStatement {
    "DELETE FROM \(unescaped: Self.table) WHERE `task_id` = \(id.rawValue)"
  }

  /// Reads the rows of some tasks.
  ///
  /// The list is filled up, so that a connection keeps few prepared statements.
  func select(_ ids: [TaskID]) -> SQLStatement {
    """
    SELECT \(unescaped: selection) FROM \(unescaped: Self.table) \
    WHERE `task_id` IN (\(list: ids.map(\.rawValue).filledUp()))
    """
  }

  /// Reads a page of the rows that match, and the first row of the next page.
  ///
  /// - Throws: `MariaDBError` with the code `unknownColumn` when this level of the table lacks what is asked.
  func list(_ query: TaskResultQuery) throws(MariaDBError) -> SQLStatement {
    var conditions: [SQLStatement] = []
    if !query.states.isEmpty {
      conditions.append("`status` IN (\(list: query.states.map(\.rawValue).sorted()))")
    }
    if let name = query.taskName { conditions.append("\(identifier: try own("task_name")) = \(name)") }
    if let worker = query.worker { conditions.append("\(identifier: try own("worker")) = \(worker)") }
    if let since = query.doneSince { conditions.append("`date_done` >= \(since)") }
    if let until = query.doneUntil { conditions.append("`date_done` < \(until)") }
    if let after = query.after {
      let date = after.dateDone
      conditions.append("`date_done` <= \(date) AND (`date_done` < \(date) OR `id` < \(after.rowID))")
    }
    let filter = conditions.isEmpty ? "" : " WHERE " + conditions.map(\.sql).joined(separator: " AND ")
    return SQLStatement(
      sql:
        "SELECT `id`, \(selection) FROM \(Self.table)\(filter) ORDER BY `date_done` DESC, `id` DESC LIMIT ?",
      parameters: conditions.flatMap(\.parameters) + [(query.limit + 1).mariaDBValue]
    )
  }

  /// The columns that a result is read from, as far as the table has them.
  static let readColumns = [
    "task_id", "status", "content_type", "content_encoding", "result", "meta", "traceback", "task_name",
    "task_args", "task_kwargs", "worker", "periodic_task_name", "date_done", "date_created", "date_started",
  ]

  /// The columns that a result is read from, as a list.
  var selection: String { columns.selection }

  private func own(_ column: String) throws(MariaDBError) -> String {
    guard columns.contains(column) else {
      throw MariaDBError(
        .unknownColumn,
        explanation: "the table \(CeleryTables.taskResultName) has no column \(column): it is of an older "
          + "release of django-celery-results"
      )
    }
    return column
  }
}
