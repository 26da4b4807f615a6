import CeleryResults
import MariaDBClient

extension TaskResultStatements {
  /// Reads the rows of those of some tasks that are ready.
  ///
  /// The list is filled up, so that a connection keeps few prepared statements.
  func selectReady(_ ids: [TaskID]) -> SQLStatement {
    """
    SELECT \(unescaped: selection) FROM \(unescaped: Self.table) \
    WHERE `task_id` IN (\(list: ids.map(\.rawValue).filledUp())) \
    AND `status` IN (\(list: Self.readyStates))
    """
  }

  /// Reads which rows were stored lately, the last first.
  func select(_ changes: RecentChanges) -> SQLStatement {
    let dates = changes.dates
    return """
      SELECT `task_id`, `status`, `date_done` FROM \(unescaped: Self.table) \
      WHERE `date_done` >= \(dates.lowerBound) AND `date_done` < \(dates.upperBound) \
      ORDER BY `date_done` DESC LIMIT \(changes.limit)
      """
  }

  /// The states in which a task is ready.
  private static let readyStates = [TaskState.success, .failure, .revoked].map(\.rawValue)
}
