#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient

/// The columns that a store writes, in the order in which it assigns them.
///
/// Assignments see what those before them have assigned: what others look at comes last, `date_done` and `status` behind all.
enum StoredColumn: String, CaseIterable {
  case taskID = "task_id"
  case result
  case meta
  case traceback
  case taskName = "task_name"
  case taskArgs = "task_args"
  case taskKwargs = "task_kwargs"
  case worker
  case periodicTaskName = "periodic_task_name"
  case dateCreated = "date_created"
  case dateStarted = "date_started"
  /// Up to release 1.1, and without a default there.
  case hidden
  case contentType = "content_type"
  case contentEncoding = "content_encoding"
  case dateDone = "date_done"
  case status

  /// Columns that are null for most results: a statement without them is cheaper for the server.
  static let details: [StoredColumn] = [
    .traceback, .taskName, .taskArgs, .taskKwargs, .worker, .periodicTaskName, .dateStarted,
  ]

  /// What a store does to a column of a row that is there.
  enum Update {
    /// Leaves it as it is.
    case keep
    /// Writes the new value.
    case overwrite
    /// Keeps what is there where the new value is null.
    case keepKnown
    /// The same for what is encoded as the row's content type says.
    case keepKnownContent
    /// Writes the new value where none is there.
    case fillContent
  }

  /// What a store does to this column of a row that is there, where SUCCESS is protected.
  ///
  /// - Parameter hasRequest: Whether the result is of a request.
  func update(hasRequest: Bool) -> Update {
    switch self {
    case .taskID, .dateCreated, .hidden: .keep
    case .result, .traceback, .dateDone, .contentType, .contentEncoding, .status: .overwrite
    case .meta: hasRequest ? .overwrite : .fillContent
    // Only a start has it; a later state keeps it.
    case .taskName, .worker, .periodicTaskName, .dateStarted: .keepKnown
    case .taskArgs, .taskKwargs: .keepKnownContent
    }
  }

  /// Writes the value that is sent.
  func write(_ result: EncodedTaskResult, to parameters: inout ParameterBinding) {
    switch self {
    case .taskID: parameters.append(result.id.rawValue)
    case .result: parameters.append(result.result)
    case .meta: parameters.append(result.meta)
    case .traceback: parameters.append(result.traceback)
    case .taskName: parameters.append(result.name)
    case .taskArgs: parameters.append(result.args)
    case .taskKwargs: parameters.append(result.kwargs)
    case .worker: parameters.append(result.worker)
    case .periodicTaskName: parameters.append(result.periodicTaskName)
    case .dateDone: parameters.append(result.dateDone)
    case .dateCreated: parameters.append(result.dateCreated)
    case .dateStarted: parameters.append(result.dateStarted)
    case .hidden: parameters.append(0)
    case .contentType: parameters.append(result.contentType.rawValue)
    case .contentEncoding: parameters.append(result.contentEncoding.rawValue)
    case .status: parameters.append(result.state.rawValue)
    }
  }
}

extension [StoredColumn] {
  /// Writes the parameters of one row of a text that stores several results.
  ///
  /// - Parameters:
  ///   - id: The id of its task's row if there is one.
  ///   - result: The result.
  ///   - parameters: Gets them.
  func write(_ id: Int64?, _ result: EncodedTaskResult, to parameters: inout ParameterBinding) {
    if let id { parameters.append(id) } else { parameters.appendNull(of: .integer) }
    for column in self { column.write(result, to: &parameters) }
  }
}

extension ParameterBinding {
  fileprivate mutating func append(_ text: String?) {
    if let text { append(text) } else { appendNull(of: .text) }
  }

  fileprivate mutating func append(_ date: Date?) {
    if let date { append(MariaDBDateTime(date)) } else { appendNull(of: .dateTime) }
  }
}
