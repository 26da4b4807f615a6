import CeleryResults
import MariaDBClient
import ResultSchema

extension TaskResultStatements {
  /// Writes a result over the row of its task as `EncodedTaskResult.merged(over:policy:)` says, or makes the row.
  ///
  /// In InnoDB `INSERT … ON DUPLICATE KEY UPDATE` uses up an AUTO_INCREMENT value also where it only updates,
  /// unless the id is given: so the row's own is, when there is one.
  ///
  /// Assignments are made from left to right and see what those before them have assigned: what others look at
  /// comes last, `status` behind all.
  ///
  /// Source: the MySQL manual's "INSERT ... ON DUPLICATE KEY UPDATE Statement".
  func store(_ result: EncodedTaskResult, policy: ResultBackendConfiguration.StorePolicy) -> SQLStatement {
    let fields = self.fields(of: result).filter { columns.contains($0.column) }
    let names = fields.map { SQLStatement.quoted(identifier: $0.column) }
    let ownID = "(SELECT `id` FROM (SELECT `id` FROM \(Self.table) WHERE `task_id` = ? LIMIT 1) AS `own`)"
    let places = repeatElement("?", count: fields.count)
    // MariaDB does not know the alias, MySQL 8.0.20 and later warn of VALUES().
    let alias = dialect.supportsRowAlias ? " AS `new`" : ""
    let updates = fields.compactMap { field -> String? in
      guard let update = field.update else { return nil }
      return "\(SQLStatement.quoted(identifier: field.column)) = "
        + value(update, of: field.column, in: result, policy)
    }
    return SQLStatement(
      sql: """
        INSERT INTO \(Self.table) (`id`, \(names.joined(separator: ", "))) \
        VALUES (\(ownID), \(places.joined(separator: ", ")))\(alias) \
        ON DUPLICATE KEY UPDATE \(updates.joined(separator: ", "))
        """,
      parameters: [result.id.rawValue.mariaDBValue] + fields.map(\.value)
    )
  }

  /// What a store does to a column of a row that is there, where SUCCESS is protected.
  private enum Update {
    /// Writes the new value.
    case overwrite
    /// Keeps what is there where the new value is null.
    case keepKnown
    /// The same for what is encoded as the row's content type says.
    case keepKnownContent
    /// Writes the new value where none is there.
    case fillContent
  }

  private struct Field {
    let column: String
    let value: MariaDBValue
    /// Nil leaves the column as it is.
    let update: Update?

    init(_ column: String, _ value: some MariaDBEncodable, _ update: Update? = .overwrite) {
      self.column = column
      self.value = value.mariaDBValue
      self.update = update
    }
  }

  private func fields(of result: EncodedTaskResult) -> [Field] {
    [
      Field("task_id", result.id.rawValue, nil),
      Field("result", result.result),
      Field("meta", result.meta, result.hasRequest ? .overwrite : .fillContent),
      Field("traceback", result.traceback),
      Field("task_name", result.name, .keepKnown),
      Field("task_args", result.args, .keepKnownContent),
      Field("task_kwargs", result.kwargs, .keepKnownContent),
      Field("worker", result.worker, .keepKnown),
      Field("periodic_task_name", result.periodicTaskName, .keepKnown),
      Field("date_done", result.dateDone),
      Field("date_created", result.dateCreated, nil),
      // Only a start sets it; a later state keeps it.
      Field("date_started", result.dateStarted, result.dateStarted == nil ? nil : .overwrite),
      // Up to release 1.1, and without a default there.
      Field("hidden", false, nil),
      Field("content_type", result.contentType.rawValue),
      Field("content_encoding", result.contentEncoding.rawValue),
      Field("status", result.state.rawValue),
    ]
  }

  /// The value that a column of a row that is there gets.
  private func value(
    _ update: Update,
    of column: String,
    in result: EncodedTaskResult,
    _ policy: ResultBackendConfiguration.StorePolicy
  ) -> String {
    let (new, stored) = (new(column), stored(column))
    guard policy == .protectsSuccess else { return new }
    let value =
      switch update {
      case .overwrite: new
      case .keepKnown: "COALESCE(\(new), \(stored))"
      case .keepKnownContent: "IF(\(hasSameContentType), COALESCE(\(new), \(stored)), \(new))"
      case .fillContent: "IF(\(hasSameContentType), COALESCE(\(stored), \(new)), \(new))"
      }
    // The column's collation may take `success`, a state of somebody's own, for the same.
    return result.state == .success
      ? value : "IF(\(self.stored("status")) = 'SUCCESS' COLLATE utf8mb4_bin, \(stored), \(value))"
  }

  private var hasSameContentType: String {
    ["content_type", "content_encoding"].map { "\(stored($0)) = \(new($0))" }.joined(separator: " AND ")
  }

  /// The value that was sent.
  private func new(_ column: String) -> String {
    let name = SQLStatement.quoted(identifier: column)
    return dialect.supportsRowAlias ? "`new`.\(name)" : "VALUES(\(name))"
  }

  /// The value that is there.
  private func stored(_ column: String) -> String {
    "\(Self.table).\(SQLStatement.quoted(identifier: column))"
  }
}
