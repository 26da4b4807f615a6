#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient

/// Where the columns of task results are in the rows of a query: looked for once, and not in every row.
struct TaskResultColumns {
  private let taskID: Int
  private let status: Int
  private let contentType: Int?
  private let contentEncoding: Int?
  private let result: Int?
  private let meta: Int?
  private let traceback: Int?
  private let taskName: Int?
  private let taskArgs: Int?
  private let taskKwargs: Int?
  private let worker: Int?
  private let periodicTaskName: Int?
  private let dateDone: Int?
  private let dateCreated: Int?
  private let dateStarted: Int?

  /// - Parameter columns: Those of ``TaskResultStatements/readColumns`` that the table has, and maybe others.
  /// - Throws: `MariaDBError` with the code `decodingFailed` when `task_id` or `status` is not among them.
  init(_ columns: [ColumnMetadata]) throws(MariaDBError) {
    var places: [String: Int] = [:]
    for (place, column) in columns.enumerated() { places[column.name] = place }
    guard let taskID = places["task_id"], let status = places["status"] else {
      throw MariaDBError(.decodingFailed, explanation: "the row has no column task_id or status")
    }
    self.taskID = taskID
    self.status = status
    contentType = places["content_type"]
    contentEncoding = places["content_encoding"]
    result = places["result"]
    meta = places["meta"]
    traceback = places["traceback"]
    taskName = places["task_name"]
    taskArgs = places["task_args"]
    taskKwargs = places["task_kwargs"]
    worker = places["worker"]
    periodicTaskName = places["periodic_task_name"]
    dateDone = places["date_done"]
    dateCreated = places["date_created"]
    dateStarted = places["date_started"]
  }

  /// Reads a row.
  ///
  /// - Throws: `MariaDBError` with the code `decodingFailed` that names the column.
  func result(in row: MariaDBRow) throws(MariaDBError) -> EncodedTaskResult {
    var encoded = EncodedTaskResult(
      id: TaskID(try row.decode(String.self, at: taskID)),
      state: TaskState(rawValue: try row.decode(String.self, at: status))
    )
    encoded.contentType = ContentType(rawValue: try text(contentType, row) ?? "")
    encoded.contentEncoding = ContentEncoding(rawValue: try text(contentEncoding, row) ?? "")
    encoded.result = try text(result, row)
    encoded.meta = try text(meta, row)
    encoded.traceback = try text(traceback, row)
    encoded.name = try text(taskName, row)
    encoded.args = try text(taskArgs, row)
    encoded.kwargs = try text(taskKwargs, row)
    encoded.worker = try text(worker, row)
    encoded.periodicTaskName = try text(periodicTaskName, row)
    encoded.dateDone = try date(dateDone, row)
    encoded.dateCreated = try date(dateCreated, row)
    encoded.dateStarted = try date(dateStarted, row)
    return encoded
  }

  private func text(_ place: Int?, _ row: MariaDBRow) throws(MariaDBError) -> String? {
    guard let place, place < row.values.count else { return nil }
    return switch row.values[place] {
    case .null: nil
    case .string(let text): text
    default: try row.decode(String.self, at: place)
    }
  }

  private func date(_ place: Int?, _ row: MariaDBRow) throws(MariaDBError) -> Date? {
    guard let place, place < row.values.count else { return nil }
    return switch row.values[place] {
    case .null: nil
    case .dateTime(let date): date.moment
    default: try row.decode(Date.self, at: place)
    }
  }
}
