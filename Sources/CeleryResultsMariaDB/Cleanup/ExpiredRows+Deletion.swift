#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import MariaDBClient

extension ExpiredRows {
  /// Deletes those of the next rows that have expired, in one transaction.
  ///
  /// - Parameters:
  ///   - position: The last row that was looked at.
  ///   - limit: How many rows to look at.
  ///   - handle: The connection.
  /// - Returns: What was done, and the last row that was looked at now; nil when there was none.
  func deleteNext(
    after position: Position,
    limit: Int,
    _ handle: ConnectionHandle
  ) throws -> (transaction: DeletionPace.Transaction, last: Position)? {
    let start = ContinuousClock.now
    let rows = try handle.query(select(after: position, limit: limit)).rows
    guard let last = rows.last else { return nil }
    var ids: [Int64] = []
    for row in rows where try row.decode(Bool?.self, named: "expired") == true {
      let id = try row.decode(Int64.self, named: "id")
      if !kept.contains(id) { ids.append(id) }
    }
    let found = ContinuousClock.now
    let deleted = ids.isEmpty ? 0 : Int(try handle.query(delete(ids)).affectedRows)
    let end = ContinuousClock.now
    return (
      DeletionPace.Transaction(
        examined: rows.count,
        deleted: deleted,
        duration: end - start,
        deletion: end - found
      ),
      .after(dateDone: try last.decode(named: "date_done"), id: try last.decode(named: "id"))
    )
  }
}
