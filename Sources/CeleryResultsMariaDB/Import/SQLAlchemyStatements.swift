#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import ResultSchema

/// The statements on a table of Celery's own database backend.
struct SQLAlchemyStatements {
  let table: String
  let columns: Set<String>

  /// The columns that are read, as far as the table has them.
  private static let readColumns = [
    "id", "task_id", "taskset_id", "status", "result", "date_done", "traceback", "name", "args", "kwargs",
    "worker",
  ]

  func select(after id: Int64, limit: Int) -> SQLStatement {
    let selection = Self.readColumns.filter(columns.contains).map { SQLStatement.quoted(identifier: $0) }
    return """
      SELECT \(unescaped: selection.joined(separator: ", ")) FROM \(identifier: table) WHERE `id` > \(id) \
      ORDER BY `id` LIMIT \(limit)
      """
  }
}

/// A row to be brought over, of either table.
protocol ImportedRow: Sendable {
  static var table: String { get }
  static var idColumn: String { get }
  /// What else must be known of a row that is there.
  static var stateColumns: [String] { get }
  var id: TaskID { get }
  var contentType: ContentType { get }
  /// The columns and their values.
  var fields: [(column: String, value: MariaDBValue)] { get }
  /// Refuses what is longer than its column.
  func check(_ columns: TableColumns) throws(ResultError)
  /// Whether a row that is there is older than this one and is to be brought up to date.
  func isNewer(than stored: MariaDBRow) throws(MariaDBError) -> Bool
}

extension ImportedRow {
  /// Makes the row, unless there is one with its id.
  func insert(_ columns: TableColumns) -> SQLStatement {
    let fields = fields.filter { columns.contains($0.column) }
    let names = fields.map { SQLStatement.quoted(identifier: $0.column) }.joined(separator: ", ")
    let places = repeatElement("?", count: fields.count).joined(separator: ", ")
    let id = SQLStatement.quoted(identifier: Self.idColumn)
    return SQLStatement(
      sql: "INSERT INTO \(SQLStatement.quoted(identifier: Self.table)) (\(names)) VALUES (\(places)) "
        + "ON DUPLICATE KEY UPDATE \(id) = \(id)",
      parameters: fields.map(\.value)
    )
  }

  /// Reads which of some ids are there.
  static func existing(_ ids: [TaskID]) -> SQLStatement {
    let columns = ([idColumn] + stateColumns).map { SQLStatement.quoted(identifier: $0) }
    return """
      SELECT \(unescaped: columns.joined(separator: ", ")) FROM \(identifier: table) \
      WHERE \(identifier: idColumn) IN (\(list: ids.map(\.rawValue).filledUp()))
      """
  }
}

extension EncodedTaskResult: ImportedRow {
  static var table: String { CeleryTables.taskResultName }
  static var idColumn: String { "task_id" }
  static var stateColumns: [String] { ["status", "date_done"] }

  var fields: [(column: String, value: MariaDBValue)] {
    [
      ("task_id", id.rawValue.mariaDBValue), ("status", state.rawValue.mariaDBValue),
      ("content_type", contentType.rawValue.mariaDBValue),
      ("content_encoding", contentEncoding.rawValue.mariaDBValue), ("result", result.mariaDBValue),
      ("meta", meta.mariaDBValue), ("traceback", traceback.mariaDBValue), ("task_name", name.mariaDBValue),
      ("task_args", args.mariaDBValue), ("task_kwargs", kwargs.mariaDBValue), ("worker", worker.mariaDBValue),
      ("date_done", dateDone.mariaDBValue), ("date_created", dateCreated.mariaDBValue),
      ("hidden", false.mariaDBValue),
    ]
  }

  func check(_ columns: TableColumns) throws(ResultError) { try columns.check(self) }

  /// Celery's own tables have whole seconds; what was stored there before belongs to an earlier attempt.
  func isNewer(than stored: MariaDBRow) throws(MariaDBError) -> Bool {
    let storedState = TaskState(rawValue: try stored.decode(named: "status"))
    guard state.isReady, !storedState.isReady else { return false }
    guard let date = try stored.decode(MariaDBDateTime?.self, named: "date_done")?.moment, let dateDone else {
      return true
    }
    return dateDone.timeIntervalSince1970 >= date.timeIntervalSince1970.rounded(.down)
  }
}

extension EncodedGroupResult: ImportedRow {
  static var table: String { CeleryTables.groupResultName }
  static var idColumn: String { "group_id" }
  static var stateColumns: [String] { [] }

  var fields: [(column: String, value: MariaDBValue)] {
    [
      ("group_id", id.rawValue.mariaDBValue), ("content_type", contentType.rawValue.mariaDBValue),
      ("content_encoding", contentEncoding.rawValue.mariaDBValue), ("result", result.mariaDBValue),
      ("date_done", dateDone.mariaDBValue), ("date_created", dateCreated.mariaDBValue),
    ]
  }

  func check(_ columns: TableColumns) throws(ResultError) { try columns.check(self) }

  func isNewer(than stored: MariaDBRow) -> Bool { false }
}
