#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import MariaDBClient
import ResultSchema

extension ExpiredRows {
  /// How long a transaction waits for a row that another one has locked, in seconds.
  private static let lockWaitTimeout = 1

  /// Deletes those of the next rows that have expired, in one transaction.
  ///
  /// A row that another transaction has locked for longer stays, as it has not been found.
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
    let deleted = ids.isEmpty ? 0 : try delete(ids, handle)
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

  /// - Returns: How many were deleted.
  private func delete(_ ids: [Int64], _ handle: ConnectionHandle) throws -> Int {
    try handle.withLockWaitTimeout(seconds: Self.lockWaitTimeout) { handle in
      do {
        return Int(try handle.query(delete(ids)).affectedRows)
      } catch let error as MariaDBError where error.code == .lockWaitTimeout {
        return try deleteUnlocked(ids, handle)
      }
    }
  }

  /// Deletes those that no other transaction has locked; none where the server cannot tell which these are.
  private func deleteUnlocked(_ ids: [Int64], _ handle: ConnectionHandle) throws -> Int {
    guard Dialect(versionString: handle.serverVersion)?.supportsSkipLocked == true else { return 0 }
    return try handle.withTransaction { handle in
      let unlocked = try handle.query(lockUnlocked(ids)).rows.map { row throws(MariaDBError) in
        try row.decode(Int64.self, at: 0)
      }
      return unlocked.isEmpty ? 0 : Int(try handle.query(deleteEach(unlocked)).affectedRows)
    }
  }
}
