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
  /// Those of the texts that every result has.
  private let taskIDLength, statusLength, contentTypeLength, contentEncodingLength: Int?
  private let names: Set<String>

  init(_ columns: [Column], dateDoneIndex: String? = nil) {
    self.columns = columns
    self.dateDoneIndex = dateDoneIndex
    let names = Set(columns.map(\.name))
    self.names = names
    selection = TaskResultStatements.readColumns.filter(names.contains)
      .map { SQLStatement.quoted(identifier: $0) }.joined(separator: ", ")
    let lengths = columns.reduce(into: [:]) { $0[$1.name] = $1.maximumLength }
    self.lengths = lengths
    taskIDLength = lengths["task_id"]
    statusLength = lengths["status"]
    contentTypeLength = lengths["content_type"]
    contentEncodingLength = lengths["content_encoding"]
  }

  func contains(_ name: String) -> Bool { names.contains(name) }

  /// Refuses values that are longer than their columns: a server that is not strict would cut them.
  func check(_ result: EncodedTaskResult) throws(ResultError) {
    let id = result.id
    try check(id.rawValue, "task_id", taskIDLength, id)
    try check(result.state.rawValue, "status", statusLength, id)
    try check(result.contentType.rawValue, "content_type", contentTypeLength, id)
    try check(result.contentEncoding.rawValue, "content_encoding", contentEncodingLength, id)
    if let name = result.name { try check(name, "task_name", lengths["task_name"], id) }
    if let worker = result.worker { try check(worker, "worker", lengths["worker"], id) }
    if let name = result.periodicTaskName {
      try check(name, "periodic_task_name", lengths["periodic_task_name"], id)
    }
  }

  /// Refuses a group whose values are longer than their columns.
  func check(_ group: EncodedGroupResult) throws(ResultError) {
    try check(group: group.id)
    try check(group.contentType.rawValue, "content_type", contentTypeLength, nil)
    try check(group.contentEncoding.rawValue, "content_encoding", contentEncodingLength, nil)
  }

  /// Refuses the id of a group that is longer than its column.
  func check(group id: TaskID) throws(ResultError) {
    try check(id.rawValue, "group_id", lengths["group_id"], nil)
  }

  private func check(_ value: String, _ column: String, _ limit: Int?, _ id: TaskID?) throws(ResultError) {
    // A text has at most as many characters as bytes: most need not be counted.
    guard let limit, value.utf8.count > limit else { return }
    let length = value.unicodeScalars.count
    guard length > limit else { return }
    throw .valueTooLong(column: column, length: length, limit: limit, taskID: id)
  }
}
