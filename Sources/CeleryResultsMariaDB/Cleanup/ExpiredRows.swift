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
  /// An index that begins with `date_done`; nil where the table has none.
  let dateDoneIndex: String?
  /// Rows stored at this moment or later have not expired.
  let cutoff: Date
  /// What a row that was stored before must fulfil as well.
  let condition: SQLStatement?
  /// The numbers of rows that stay although they have expired.
  var kept: Set<Int64> = []

  init(table: String, dateDoneIndex: String?, cutoff: Date, condition: SQLStatement? = nil) {
    self.table = table
    self.dateDoneIndex = dateDoneIndex
    self.cutoff = cutoff
    self.condition = condition
  }

  /// Reads the rows that come next, and whether each has expired.
  ///
  /// Those that the condition keeps are read as well: else a statement could read the whole table for the few
  /// that it does not.
  func select(after position: Position, limit: Int) -> SQLStatement {
    let condition = condition ?? "1"
    let rows: SQLStatement
    switch position {
    case .start: rows = "`date_done` < \(cutoff)"
    case .after(let date, let id):
      // Two ranges of the index, which has the id behind the date: no row of the same date is read twice.
      rows = "(`date_done` = \(date) AND `id` > \(id)) OR (`date_done` > \(date) AND `date_done` < \(cutoff))"
    }
    // A server that knows little of a table, as when it was filled a moment ago, may take to reading all of it
    // for each piece.
    let hint = dateDoneIndex.map { " FORCE INDEX (\(SQLStatement.quoted(identifier: $0)))" } ?? ""
    let from: SQLStatement = " AS `expired` FROM \(identifier: table)\(unescaped: hint) WHERE "
    return SQLStatement(
      sql: "SELECT `id`, `date_done`, " + condition.sql + from.sql + rows.sql
        + " ORDER BY `date_done`, `id` LIMIT ?",
      parameters: condition.parameters + rows.parameters + [limit.mariaDBValue]
    )
  }

  /// Deletes rows by their ids, and what else has expired among them.
  ///
  /// A row that was stored anew since it was found stays.
  func delete(_ ids: [Int64]) -> SQLStatement {
    guard let range = range(of: ids) else { return deleteEach(ids) }
    return delete(where: "`id` BETWEEN \(range.lowerBound) AND \(range.upperBound)")
  }

  /// Deletes rows by their ids.
  func deleteEach(_ ids: [Int64]) -> SQLStatement {
    delete(where: "`id` IN (\(list: ids.filledUp()))")
  }

  /// Locks rows that nobody has locked, and reads their ids.
  func lockUnlocked(_ ids: [Int64]) -> SQLStatement {
    var statement = and(
      """
      SELECT `id` FROM \(identifier: table) FORCE INDEX (PRIMARY) \
      WHERE `date_done` < \(cutoff) AND `id` IN (\(list: ids.filledUp()))
      """
    )
    statement.sql += " FOR UPDATE SKIP LOCKED"
    return statement
  }

  private func delete(where rows: SQLStatement) -> SQLStatement {
    // Without the hint a server may take the index on `date_done`, and walk over what was deleted before.
    // Only this form of DELETE knows hints on all servers.
    let delete: SQLStatement = """
      DELETE `t` FROM \(identifier: table) AS `t` FORCE INDEX (PRIMARY) WHERE `date_done` < \(cutoff)
      """
    return and(
      SQLStatement(sql: delete.sql + " AND " + rows.sql, parameters: delete.parameters + rows.parameters)
    )
  }

  /// The range of ids that holds these and few others; nil where there is none.
  ///
  /// Most rows are stored in the order of their ids. A range costs the server a quarter less than a list. It also waits
  /// for a row in between that another transaction has locked; that row stays.
  private func range(of ids: [Int64]) -> ClosedRange<Int64>? {
    guard kept.isEmpty, let first = ids.min(), let last = ids.max() else { return nil }
    let span = UInt64(bitPattern: last &- first)
    return span <= UInt64(ids.count) * 5 / 4 ? first...last : nil
  }

  /// Counts the rows.
  func count() -> SQLStatement {
    and("SELECT COUNT(*) FROM \(identifier: table) WHERE `date_done` < \(cutoff)")
  }

  /// Counts those of the rows that stay: some in each statement.
  func countsOfKept() -> [SQLStatement] {
    let (ids, count) = (Array(kept), count())
    return stride(from: 0, to: ids.count, by: DatabaseBackend.idsPerQuery).map { start in
      let some = Array(ids[start..<min(start + DatabaseBackend.idsPerQuery, ids.count)])
      let rows: SQLStatement = " AND `id` IN (\(list: some.filledUp()))"
      return SQLStatement(sql: count.sql + rows.sql, parameters: count.parameters + rows.parameters)
    }
  }

  private func and(_ statement: SQLStatement) -> SQLStatement {
    guard let condition else { return statement }
    return SQLStatement(
      sql: statement.sql + " AND " + condition.sql,
      parameters: statement.parameters + condition.parameters
    )
  }
}
