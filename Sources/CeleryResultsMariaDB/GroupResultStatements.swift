import CeleryResults
import MariaDBClient
import ResultSchema

/// The statements on the table of saved groups, as values.
struct GroupResultStatements {
  let dialect: Dialect

  private static let table = SQLStatement.quoted(identifier: CeleryTables.groupResultName)

  /// Writes a group over the row of its id, or makes the row.
  ///
  /// As in ``TaskResultStatements/store(_:)`` a row that exists keeps its own id, and none is used up.
  func save(_ group: EncodedGroupResult) -> SQLStatement {
    // MariaDB does not know the alias, MySQL 8.0.20 and later warn of VALUES().
    let alias = dialect.supportsRowAlias ? " AS `new`" : ""
    let updates = ["date_done", "content_type", "content_encoding", "result"].map { column in
      dialect.supportsRowAlias ? "`\(column)` = `new`.`\(column)`" : "`\(column)` = VALUES(`\(column)`)"
    }
    let groupID = group.id.rawValue
    let dates = (created: group.dateCreated.mariaDBValue, done: group.dateDone.mariaDBValue)
    return """
      INSERT INTO \(unescaped: Self.table) \
      (`id`, `group_id`, `date_created`, `date_done`, `content_type`, `content_encoding`, `result`) \
      VALUES ((SELECT `id` FROM (SELECT `id` FROM \(unescaped: Self.table) WHERE `group_id` = \(groupID) \
      LIMIT 1) AS `own`), \(groupID), \(dates.created), \(dates.done), \(group.contentType.rawValue), \
      \(group.contentEncoding.rawValue), \(group.result.mariaDBValue))\(unescaped: alias) \
      ON DUPLICATE KEY UPDATE \(unescaped: updates.joined(separator: ", "))
      """
  }

  /// Reads the row of a group.
  func select(_ id: TaskID) -> SQLStatement {
    """
    SELECT `date_created`, `date_done`, `content_type`, `content_encoding`, `result` \
    FROM \(unescaped: Self.table) WHERE `group_id` = \(id.rawValue)
    """
  }

  /// Deletes the row of a group.
  func delete(_ id: TaskID) -> SQLStatement {
    "DELETE FROM \(unescaped: Self.table) WHERE `group_id` = \(id.rawValue)"
  }
}
