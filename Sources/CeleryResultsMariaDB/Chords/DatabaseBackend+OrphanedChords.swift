#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import ResultSchema

extension DatabaseBackend {
  /// How many chords one statement visits or deletes at most.
  static let chordsPerStatement = 1_000

  /// The rows of chords that have been given up, by their numbers.
  struct GivenUpChords: Sendable, Hashable {
    var chordIDs: Set<Int64> = []
    var counterIDs: Set<Int64> = []
  }

  /// Finds the chords that have been given up, and those that were closed; and notes when the counters that it
  /// sees for the first time were seen.
  ///
  /// - Parameters:
  ///   - policy: Its longest time is how long ago that must be.
  ///   - now: The time.
  ///   - isDeleting: Whether they are deleted, and counters noted.
  ///   - progress: Is told how many there were more.
  /// - Returns: Those that have been given up.
  func visitOrphanedChords(
    _ policy: CleanupPolicy,
    now: Date,
    deleting isDeleting: Bool,
    progress: (CleanupResult) async -> Void
  ) async throws -> GivenUpChords {
    var givenUp = GivenUpChords()
    guard let cutoff = policy.longest.cutoff(now: now) else { return givenUp }
    var lastID: Int64 = 0
    while let page = try await orphanedChords(createdBefore: cutoff, after: lastID) {
      try Task.checkCancellation()
      lastID = page.lastID
      givenUp.chordIDs.formUnion(page.rows.map(\.id))
      givenUp.counterIDs.formUnion(
        page.rows.filter { $0.verdict == .goesWithCounter }.compactMap(\.counterID)
      )
      let found = isDeleting ? try await delete(page, cutoff) : page.rows.map(\.count)
      for count in found where count != CleanupResult() { await progress(count) }
    }
    if isDeleting { try await noteCounters(seenAt: now) }
    try await visitClosedChords(before: cutoff, deleting: isDeleting, progress: progress)
    return givenUp
  }

  private func orphanedChords(createdBefore cutoff: Date, after id: Int64) async throws -> OrphanedChords? {
    try await withCatalog { handle, catalog in
      guard catalog.chordCounters != nil, catalog.chords != nil else { return nil }
      return try OrphanedChords(createdBefore: cutoff, after: id, handle)
    }
  }

  private func delete(_ page: OrphanedChords, _ cutoff: Date) async throws -> [CleanupResult] {
    var deleted: [CleanupResult] = []
    for row in page.rows where row.verdict == .goesWithCounter {
      deleted.append(try await withCatalog { handle, _ in try row.deleteWithCounter(cutoff, handle) })
    }
    for isSeenCounter in [true, false] {
      let rows = page.rows.filter { $0.verdict == .goes && $0.isSeenCounter == isSeenCounter }
      guard !rows.isEmpty else { continue }
      let statement = ChordStatements.deleteUnclaimedChords(rows.map(\.id), createdBefore: cutoff)
      let count = try await withCatalog { handle, _ in Int(try handle.query(statement).affectedRows) }
      deleted.append(CleanupResult(chords: isSeenCounter ? 0 : count))
    }
    return deleted
  }

  /// Notes the counters of chords that are in no table of this project's own: they have no date.
  private func noteCounters(seenAt now: Date) async throws {
    var lastID: Int64? = 0
    while let after = lastID {
      try Task.checkCancellation()
      lastID = try await withCatalog { handle, catalog in
        guard catalog.chordCounters != nil, let chords = catalog.chords else { return nil }
        let statement = ChordStatements.counterGroups(after: after, limit: Self.chordsPerStatement)
        let rows = try handle.query(statement).rows.map { row in
          (id: try row.decode(Int64.self, named: "id"), group: TaskID(try row.decode(named: "group_id")))
        }
        let groups = rows.map(\.group)
        let known = try RowsByID(groups, table: CeleryTables.chordName, column: "group_id", handle) {
          ChordStatements.known($0)
        }
        let new = rows.filter { row in
          // An id that does not fit would stop all others.
          known[row.group] == nil && (try? chords.check(group: row.group)) != nil
        }
        if !new.isEmpty { try handle.noteCounters(new.map(\.id), seenAt: now) }
        return rows.last?.id
      }
    }
  }

  private func visitClosedChords(
    before cutoff: Date,
    deleting isDeleting: Bool,
    progress: (CleanupResult) async -> Void
  ) async throws {
    while true {
      try Task.checkCancellation()
      let count: Int = try await withCatalog { handle, catalog in
        guard catalog.chords != nil else { return 0 }
        guard isDeleting else {
          return try handle.query(ChordStatements.countChords(closedBefore: cutoff)).rows[0].decode(at: 0)
        }
        let statement = ChordStatements.deleteChords(closedBefore: cutoff, limit: Self.chordsPerStatement)
        return Int(try handle.query(statement).affectedRows)
      }
      if count > 0 { await progress(CleanupResult(chords: count)) }
      guard isDeleting, count == Self.chordsPerStatement else { return }
    }
  }
}

extension ConnectionHandle {
  /// Notes when counters were first seen, unless another cleanup is about to.
  fileprivate func noteCounters(_ ids: [Int64], seenAt date: Date) throws {
    do {
      try query(ChordStatements.noteCounters(ids, seenAt: date))
    } catch let error as MariaDBError where error.code == .deadlock || error.code == .lockWaitTimeout {}
  }
}
