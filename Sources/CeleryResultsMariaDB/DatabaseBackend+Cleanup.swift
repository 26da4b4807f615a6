#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

public import CeleryResults
import MariaDBClient
import ResultSchema

extension DatabaseBackend {
  /// How many rows one statement deletes at most.
  static let rowsPerDeletion = 1_000

  /// Deletes the tasks and groups that were stored more than `age` ago.
  ///
  /// - Throws: `MariaDBError`; `CancellationError`. What was deleted before stays deleted.
  @discardableResult
  public func cleanup(olderThan age: Duration) async throws -> CleanupResult {
    try await cleanup(olderThan: age) { _ in }
  }

  /// Deletes the tasks and groups that were stored more than `age` ago, in transactions of 1,000 rows, each of
  /// which goes on where the one before ended.
  ///
  /// - Parameters:
  ///   - age: How long ago.
  ///   - progress: Is told after each transaction how many have been deleted so far.
  /// - Returns: How many were deleted.
  /// - Throws: `MariaDBError`; `CancellationError`. What was deleted before stays deleted.
  @discardableResult
  public func cleanup(
    olderThan age: Duration,
    progress: @Sendable (CleanupResult) async -> Void
  ) async throws -> CleanupResult {
    let cutoff = configuration.now().addingTimeInterval(-(age / .seconds(1)))
    var deleted = CleanupResult(tasks: 0, groups: 0)
    try await delete(from: CeleryTables.taskResultName, before: cutoff) { count in
      deleted.tasks += count
      await progress(deleted)
    }
    guard try await withCatalog({ $1.groupResults != nil }) else { return deleted }
    try await delete(from: CeleryTables.groupResultName, before: cutoff) { count in
      deleted.groups += count
      await progress(deleted)
    }
    return deleted
  }

  private func delete(
    from table: String,
    before cutoff: Date,
    progress: (Int) async -> Void
  ) async throws {
    var position = ExpiredRows.Position.start
    while true {
      try Task.checkCancellation()
      let expired = ExpiredRows(table: table, cutoff: cutoff)
      let piece = try await client.run { [position] handle in
        let rows = try handle.query(expired.select(after: position, limit: Self.rowsPerDeletion)).rows
        let ids = try rows.map { row throws(MariaDBError) in try row.decode(Int64.self, named: "id") }
        guard let last = rows.last else { return (ids: ids, deleted: 0, last: position) }
        return (
          ids: ids,
          deleted: Int(try handle.query(expired.delete(ids)).affectedRows),
          last: .after(dateDone: try last.decode(named: "date_done"), id: try last.decode(named: "id"))
        )
      }
      guard !piece.ids.isEmpty else { return }
      position = piece.last
      await progress(piece.deleted)
    }
  }
}
