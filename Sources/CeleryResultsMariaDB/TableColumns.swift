import CeleryResults
import MariaDBClient

/// The columns that a table really has, whichever release has made it.
struct TableColumns: Sendable, Hashable {
  struct Column: Sendable, Hashable {
    let name: String
    /// In characters; nil for what is no text.
    let maximumLength: Int?
  }

  let columns: [Column]
  /// An index that begins with `date_done`, as tables of results have since migration 0004; nil without one.
  let dateDoneIndex: String?
  /// Those that a result is read from, as a list.
  let selection: String
  private let lengths: [String: Int]
  private let names: Set<String>

  init(_ columns: [Column], dateDoneIndex: String? = nil) {
    self.columns = columns
    self.dateDoneIndex = dateDoneIndex
    let names = Set(columns.map(\.name))
    self.names = names
    selection = TaskResultStatements.readColumns.filter(names.contains)
      .map { SQLStatement.quoted(identifier: $0) }.joined(separator: ", ")
    lengths = columns.reduce(into: [:]) { $0[$1.name] = $1.maximumLength }
  }

  func contains(_ name: String) -> Bool { names.contains(name) }

  /// Refuses values that are longer than their columns: a server that is not strict would cut them.
  func check(_ result: EncodedTaskResult) throws(ResultError) {
    try check(result.id.rawValue, "task_id", result.id)
    try check(result.state.rawValue, "status", result.id)
    try check(result.name, "task_name", result.id)
    try check(result.worker, "worker", result.id)
    try check(result.periodicTaskName, "periodic_task_name", result.id)
    try check(result.contentType.rawValue, "content_type", result.id)
    try check(result.contentEncoding.rawValue, "content_encoding", result.id)
  }

  /// Refuses a group whose values are longer than their columns.
  func check(_ group: EncodedGroupResult) throws(ResultError) {
    try check(group.id.rawValue, "group_id", nil)
    try check(group.contentType.rawValue, "content_type", nil)
    try check(group.contentEncoding.rawValue, "content_encoding", nil)
  }

  /// Refuses the id of a group that is longer than its column.
  func check(group id: TaskID) throws(ResultError) { try check(id.rawValue, "group_id", nil) }

  private func check(_ value: String?, _ column: String, _ id: TaskID?) throws(ResultError) {
    // A text has at most as many characters as bytes: most need not be counted.
    guard let value, let limit = lengths[column], value.utf8.count > limit else { return }
    let length = value.unicodeScalars.count
    guard length > limit else { return }
    throw .valueTooLong(column: column, length: length, limit: limit, taskID: id)
  }
}
