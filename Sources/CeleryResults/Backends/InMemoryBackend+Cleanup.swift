#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Synchronization

extension InMemoryBackend {
  /// Deletes the tasks and groups that were stored more than `age` ago.
  public func cleanup(olderThan age: Duration) async throws -> CleanupResult {
    try await cleanup(CleanupPolicy(.after(age)))
  }

  /// Deletes the tasks and groups that have expired, but not the parts of chords that are not closed.
  ///
  /// - Parameter policy: After what time they expire.
  /// - Returns: How many were deleted.
  @discardableResult
  public func cleanup(_ policy: CleanupPolicy) async throws -> CleanupResult {
    let now = configuration.now()
    func hasExpired(_ date: Date?, _ expiry: CleanupPolicy.Expiry) -> Bool {
      guard let date, case .after(let age) = expiry else { return false }
      return date < now.addingTimeInterval(-(age / .seconds(1)))
    }
    return state.withLock { state in
      let kept = state.partsOfChords { hasExpired($0, policy.longest) }
      let (tasks, groups) = (state.rows.count, state.groups.count)
      state.rows = state.rows.filter { row in
        let result = row.value.result
        return kept.contains(row.key)
          || !hasExpired(result.dateDone, policy.expiry(of: result.state, name: result.name))
      }
      state.groups = state.groups.filter { !hasExpired($0.value.dateDone, policy.expiry) }
      return CleanupResult(tasks: tasks - state.rows.count, groups: groups - state.groups.count)
    }
  }
}

extension InMemoryBackend.State {
  /// The parts of the chords whose bodies still need them: those not closed, and not given up.
  fileprivate func partsOfChords(_ hasExpired: (Date?) -> Bool) -> Set<TaskID> {
    let kept = chords.values.filter { chord in
      if chord.isClosed { return false }
      if chord.token != nil || chord.partsToAskFor.allSatisfy({ rows[$0]?.result.state.isReady == true }) {
        return true
      }
      return !hasExpired(chord.dateCreated)
        || chord.parts.contains { part in rows[part].map { !hasExpired($0.result.dateDone) } ?? false }
    }
    return Set(kept.flatMap(\.parts))
  }
}
