#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

public import CeleryResults
import MariaDBClient
import ResultSchema

extension DatabaseBackend {
  /// Deletes the tasks and groups that were stored more than `age` ago, and the counters of chords that have been
  /// given up for as long.
  ///
  /// - Throws: `MariaDBError`; `CancellationError`. What was deleted before stays deleted.
  @discardableResult
  public func cleanup(olderThan age: Duration) async throws -> CleanupResult {
    try await cleanup(CleanupPolicy(.after(age)))
  }

  /// Deletes what has expired, in small transactions, each of which goes on where the one before ended.
  ///
  /// It can be stopped and run again at any time, and several may run at once: each counts what it has deleted
  /// itself. What is deleted in the moment in which the connection is lost is not counted.
  ///
  /// Rows that another transaction has locked for more than a second stay for the next cleanup; on a server without
  /// `SKIP LOCKED` (MariaDB before 10.6) also those that were to be deleted in one transaction with them.
  ///
  /// The counter of a chord is deleted when the chord was begun before the longest time of the policy, and no part
  /// of it has stored anything since: so does Celery's Redis backend forget chords. When it was begun this
  /// project's own table of chords says; of a counter that a Python worker has made a cleanup notes there when it
  /// has first seen it. Without that table counters stay. A chord that is complete and whose body is known stays
  /// until its callback is sent, and the results of its parts stay with a chord that is not closed.
  ///
  /// - Parameters:
  ///   - policy: After what time results expire.
  ///   - pace: Whether it pauses while others write.
  ///   - progress: Is told after each transaction how many have been deleted so far.
  /// - Returns: How many were deleted.
  /// - Throws: `MariaDBError`; `CancellationError`. What was deleted before stays deleted.
  @discardableResult
  public func cleanup(
    _ policy: CleanupPolicy,
    pace: CleanupPace = .followsWrites,
    progress: @Sendable (CleanupResult) async -> Void = { _ in }
  ) async throws -> CleanupResult {
    let now = configuration.now()
    var deleted = CleanupResult()
    // First: the results of the parts of those that are left stay.
    let givenUp = try await visitOrphanedChords(policy, now: now, deleting: true) { more in
      deleted += more
      await progress(deleted)
    }
    let (tasks, groups) = try await expired(policy, now: now, givenUp)
    if let tasks {
      try await delete(tasks, pace) { count in
        deleted.tasks += count
        await progress(deleted)
      }
    }
    if let groups {
      try await delete(groups, pace) { count in
        deleted.groups += count
        await progress(deleted)
      }
    }
    return deleted
  }

  /// Counts what ``cleanup(_:pace:progress:)`` would delete now, and deletes nothing.
  ///
  /// - Throws: `MariaDBError`; `CancellationError`.
  public func expiredResults(_ policy: CleanupPolicy) async throws -> CleanupResult {
    let now = configuration.now()
    var expired = CleanupResult()
    let givenUp = try await visitOrphanedChords(policy, now: now, deleting: false) { expired += $0 }
    let (tasks, groups) = try await self.expired(policy, now: now, givenUp)
    if let tasks { expired.tasks = try await count(tasks) }
    if let groups { expired.groups = try await count(groups) }
    return expired
  }

  private func expired(
    _ policy: CleanupPolicy,
    now: Date,
    _ givenUp: GivenUpChords
  ) async throws -> (tasks: ExpiredRows?, groups: ExpiredRows?) {
    var expired = try await withCatalog { _, catalog in
      (
        tasks: ExpiredRows(tasks: policy, now: now, columns: catalog.taskResults),
        groups: catalog.groupResults.flatMap { ExpiredRows(groups: policy, now: now, columns: $0) }
      )
    }
    if let cutoff = expired.tasks?.cutoff {
      expired.tasks?.kept = try await rowsOfOpenChords(storedBefore: cutoff, except: givenUp)
    }
    return expired
  }

  private func count(_ expired: ExpiredRows) async throws -> Int {
    try await withCatalog { handle, _ in
      var count: Int = try handle.query(expired.count()).rows[0].decode(at: 0)
      for statement in expired.countsOfKept() { count -= try handle.query(statement).rows[0].decode(at: 0) }
      return count
    }
  }

  private func delete(_ expired: ExpiredRows, _ pace: CleanupPace, progress: (Int) async -> Void) async throws
  {
    let start = ContinuousClock.now
    var pace = DeletionPace(pace)
    var position = ExpiredRows.Position.start
    while true {
      try Task.checkCancellation()
      let now = start.duration(to: .now)
      if pace.needsLoad(at: now) {
        pace.note(try await withCatalog { handle, _ in try ServerLoad(handle) }, at: now)
      }
      let piece = try await withCatalog { [position, rows = pace.rows] handle, _ in
        try expired.deleteNext(after: position, limit: rows, handle)
      }
      guard let piece else { return }
      position = piece.last
      await progress(piece.transaction.deleted)
      let pause = pace.pause(after: piece.transaction)
      if pause > .zero { try await Task.sleep(for: pause) }
    }
  }
}
