#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient

extension DatabaseBackend {
  /// Finds the counters of chords that have been given up, those begun last first.
  ///
  /// - Parameters:
  ///   - policy: Its longest time is how old they must be.
  ///   - now: The time.
  ///   - isDeleting: Whether they are deleted.
  ///   - progress: Is told how many there were more.
  func visitOrphanedChordCounters(
    _ policy: CleanupPolicy,
    now: Date,
    deleting isDeleting: Bool,
    progress: (Int) async -> Void
  ) async throws {
    guard let cutoff = policy.longest.cutoff(now: now) else { return }
    var search = OrphanedChordCounters(cutoff: cutoff)
    while true {
      try Task.checkCancellation()
      let page = try await withCatalog { [search] handle, catalog in
        var search = search
        let orphans = catalog.hasChordCounters ? try search.next(handle) : nil
        return orphans.map { (orphans: $0, search: search) }
      }
      guard let page else { return }
      search = page.search
      guard isDeleting else {
        await progress(page.orphans.count)
        continue
      }
      for id in page.orphans {
        let isDeleted = try await withCatalog { [search] handle, _ in try search.delete(id, handle) }
        if isDeleted { await progress(1) }
      }
    }
  }
}
