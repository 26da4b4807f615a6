#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import MariaDBClient

/// The statements that find, count and delete the rows of a table that have expired.
///
/// They walk along the index on `date_done` and remember where they were: a `DELETE … LIMIT` in a loop walks
/// each time over the entries that the times before it have marked as deleted.
struct ExpiredRows: Sendable {
  /// The last row seen.
  enum Position: Sendable, Hashable {
    case start
    case after(dateDone: Date, id: Int64)
  }

  let table: String
  /// Rows stored at this moment or later have not expired.
  let cutoff: Date
  /// What a row that was stored before must fulfil as well.
  let condition: SQLStatement?

  init(table: String, cutoff: Date, condition: SQLStatement? = nil) {
    self.table = table
    self.cutoff = cutoff
    self.condition = condition
  }

  func select(after position: Position, limit: Int) -> SQLStatement {
    let expired = expired
    let rest: SQLStatement
    switch position {
    case .start: rest = ""
    case .after(let date, let id):
      rest = " AND `date_done` >= \(date) AND (`date_done` > \(date) OR `id` > \(id))"
    }
    return SQLStatement(
      sql: "SELECT `id`, `date_done`" + expired.sql + rest.sql + " ORDER BY `date_done`, `id` LIMIT ?",
      parameters: expired.parameters + rest.parameters + [limit.mariaDBValue]
    )
  }

  /// Deletes rows by their ids.
  ///
  /// A row that was stored anew since it was found stays.
  func delete(_ ids: [Int64]) -> SQLStatement {
    let (expired, rows) = (expired, " AND `id` IN (\(list: ids.filledUp()))" as SQLStatement)
    return SQLStatement(
      sql: "DELETE" + expired.sql + rows.sql,
      parameters: expired.parameters + rows.parameters
    )
  }

  /// Counts the rows.
  func count() -> SQLStatement {
    let expired = expired
    return SQLStatement(sql: "SELECT COUNT(*)" + expired.sql, parameters: expired.parameters)
  }

  private var expired: SQLStatement {
    let before: SQLStatement = " FROM \(identifier: table) WHERE `date_done` < \(cutoff)"
    guard let condition else { return before }
    return SQLStatement(
      sql: before.sql + " AND " + condition.sql,
      parameters: before.parameters + condition.parameters
    )
  }
}
