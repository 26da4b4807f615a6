#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import MariaDBClient

/// The statements that find and delete the rows of a table that were stored before a moment.
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
  let cutoff: Date

  func select(after position: Position, limit: Int) -> SQLStatement {
    let rows: SQLStatement =
      "SELECT `id`, `date_done` FROM \(identifier: table) WHERE `date_done` < \(cutoff)"
    let rest: SQLStatement
    switch position {
    case .start: rest = ""
    case .after(let date, let id):
      rest = " AND `date_done` >= \(date) AND (`date_done` > \(date) OR `id` > \(id))"
    }
    return SQLStatement(
      sql: rows.sql + rest.sql + " ORDER BY `date_done`, `id` LIMIT ?",
      parameters: rows.parameters + rest.parameters + [limit.mariaDBValue]
    )
  }

  /// Deletes rows by their ids.
  ///
  /// A row that was stored anew since it was found stays.
  func delete(_ ids: [Int64]) -> SQLStatement {
    "DELETE FROM \(identifier: table) WHERE `id` IN (\(list: ids.filledUp())) AND `date_done` < \(cutoff)"
  }
}
