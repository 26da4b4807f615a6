#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient

extension DatabaseBackend {
  /// Finds the chords that have been given up, those begun last first, and those that ended.
  ///
  /// - Parameters:
  ///   - policy: Its longest time is how long ago that must be.
  ///   - now: The time.
  ///   - isDeleting: Whether they are deleted.
  ///   - progress: Is told how many there were more.
  func visitOrphanedChords(
    _ policy: CleanupPolicy,
    now: Date,
    deleting isDeleting: Bool,
    progress: (CleanupResult) async -> Void
  ) async throws {
    guard let cutoff = policy.longest.cutoff(now: now) else { return }
    var search = OrphanedChords(cutoff: cutoff)
    while let page = try await nextPage(of: search) {
      try Task.checkCancellation()
      search = page.search
      for orphan in page.orphans {
        guard isDeleting else {
          await progress(orphan.count)
          continue
        }
        let deleted = try await withCatalog { handle, catalog in
          try orphan.delete(storedBefore: cutoff, handle, catalog)
        }
        if deleted != CleanupResult() { await progress(deleted) }
      }
    }
    try await visitEndedChords(before: cutoff, deleting: isDeleting, progress: progress)
  }

  private func nextPage(
    of search: OrphanedChords
  ) async throws -> (orphans: [OrphanedChords.Orphan], search: OrphanedChords)? {
    try await withCatalog { handle, catalog in
      var search = search
      guard catalog.chordCounters != nil, let orphans = try search.next(handle, catalog) else { return nil }
      return (orphans, search)
    }
  }

  private func visitEndedChords(
    before cutoff: Date,
    deleting isDeleting: Bool,
    progress: (CleanupResult) async -> Void
  ) async throws {
    while true {
      try Task.checkCancellation()
      let count: Int = try await withCatalog { handle, catalog in
        guard catalog.chords != nil else { return 0 }
        guard isDeleting else {
          return try handle.query(ChordStatements.countChords(endedBefore: cutoff)).rows[0].decode(at: 0)
        }
        let statement = ChordStatements.deleteChords(endedBefore: cutoff, limit: Self.rowsPerDeletion)
        return Int(try handle.query(statement).affectedRows)
      }
      if count > 0 { await progress(CleanupResult(chords: count)) }
      guard isDeleting, count == Self.rowsPerDeletion else { return }
    }
  }
}
