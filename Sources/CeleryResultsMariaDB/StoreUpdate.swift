import CeleryResults
import MariaDBClient
import ResultSchema

/// What a store does to the columns of a row that is there, as SQL.
struct StoreUpdate {
  let dialect: Dialect
  let policy: ResultBackendConfiguration.StorePolicy

  /// The end of the statement.
  ///
  /// - Parameters:
  ///   - columns: The columns of the table.
  ///   - kind: What is stored.
  func clause(of columns: [StoredColumn], _ kind: StoreKind) -> String {
    let assignments = columns.compactMap { column -> String? in
      let update = column.update(hasRequest: kind.hasRequest)
      guard update != .keep, !keepsWhatIsKnown(update, of: column, kind) else { return nil }
      return "\(SQLStatement.quoted(identifier: column.rawValue)) = \(guarded(update, of: column, kind))"
    }
    // MariaDB does not know the alias, MySQL 8.0.20 and later warn of VALUES().
    let alias = dialect.supportsRowAlias ? " AS `new`" : ""
    return "\(alias) ON DUPLICATE KEY UPDATE \(assignments.joined(separator: ", "))"
  }

  /// Whether nothing is written, because nothing is sent that could be.
  private func keepsWhatIsKnown(
    _ update: StoredColumn.Update,
    of column: StoredColumn,
    _ kind: StoreKind
  ) -> Bool {
    !kind.hasDetails && update == .keepKnown && (policy == .protectsSuccess || column == .dateStarted)
  }

  private func guarded(_ update: StoredColumn.Update, of column: StoredColumn, _ kind: StoreKind) -> String {
    // Whatever the policy, only a start has a date of its own.
    let value =
      policy == .protectsSuccess || column == .dateStarted
      ? value(update, of: column, kind) : new(column, kind)
    var kept: [String] = []
    // The column's collation may take `success`, a state of somebody's own, for the same.
    let success = "'SUCCESS' COLLATE utf8mb4_bin"
    if policy == .protectsSuccess {
      kept.append("\(stored(.status)) = \(success) AND \(new(.status, kind)) <> \(success)")
    }
    if kind.isUncertain {
      // What became ready after the attempt of which nobody knows whether it was done is not to be lost. Clocks
      // differ: a state that is not ready, or a SUCCESS, is not worth that.
      kept.append(
        "\(new(.status, kind)) <> \(success) AND \(stored(.dateDone)) > \(new(.dateDone, kind)) "
          + "AND \(stored(.status)) IN (\(success), 'FAILURE' COLLATE utf8mb4_bin, 'REVOKED' COLLATE utf8mb4_bin)"
      )
    }
    guard !kept.isEmpty else { return value }
    return "IF(\(kept.joined(separator: " OR ")), \(stored(column)), \(value))"
  }

  private func value(_ update: StoredColumn.Update, of column: StoredColumn, _ kind: StoreKind) -> String {
    let (new, stored) = (new(column, kind), stored(column))
    return switch update {
    case .keep: stored
    case .overwrite: new
    case .keepKnown: "COALESCE(\(new), \(stored))"
    case .keepKnownContent: "IF(\(hasSameContentType(kind)), COALESCE(\(new), \(stored)), \(new))"
    case .fillContent: "IF(\(hasSameContentType(kind)), COALESCE(\(stored), \(new)), \(new))"
    }
  }

  private func hasSameContentType(_ kind: StoreKind) -> String {
    [StoredColumn.contentType, .contentEncoding].map { "\(stored($0)) = \(new($0, kind))" }
      .joined(separator: " AND ")
  }

  /// The value that was sent.
  private func new(_ column: StoredColumn, _ kind: StoreKind) -> String {
    guard kind.hasDetails || !StoredColumn.details.contains(column) else { return "NULL" }
    let name = SQLStatement.quoted(identifier: column.rawValue)
    return dialect.supportsRowAlias ? "`new`.\(name)" : "VALUES(\(name))"
  }

  /// The value that is there.
  private func stored(_ column: StoredColumn) -> String {
    "\(TaskResultStatements.table).\(SQLStatement.quoted(identifier: column.rawValue))"
  }
}
