#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import ResultSchema

extension DatabaseBackend {
  /// Deletes the rows of chords that were closed long ago, and of those that nobody counts or claims any more.
  ///
  /// They hold no result: they are not counted among what is deleted.
  func deleteExpiredChords(_ policy: CleanupPolicy, now: Date) async throws {
    guard let cutoff = policy.longest.cutoff(now: now) else { return }
    for statement in ChordStatements.deleteExpired(before: cutoff, limit: Self.rowsPerDeletion) {
      var deleted: UInt64
      repeat {
        try Task.checkCancellation()
        deleted = try await withCatalog { handle, catalog in
          guard catalog.chords != nil, catalog.chordCounters != nil else { return 0 }
          return UInt64(try handle.query(statement).affectedRows)
        }
      } while deleted > 0
    }
  }
}
