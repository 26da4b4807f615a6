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

  /// Deletes the tasks and groups that have expired.
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
      let (tasks, groups) = (state.rows.count, state.groups.count)
      state.rows = state.rows.filter { row in
        let result = row.value.result
        return !hasExpired(result.dateDone, policy.expiry(of: result.state, name: result.name))
      }
      state.groups = state.groups.filter { !hasExpired($0.value.dateDone, policy.expiry) }
      return CleanupResult(tasks: tasks - state.rows.count, groups: groups - state.groups.count)
    }
  }
}
