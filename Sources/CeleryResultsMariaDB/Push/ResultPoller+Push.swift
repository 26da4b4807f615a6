import CeleryResults
import Synchronization

extension ResultPoller {
  /// Something was told by a follower of the binary log.
  ///
  /// - Returns: The tasks among it that somebody waits for.
  func note(_ change: PushedChange) -> [TaskID] {
    switch change {
    case .began: setPushed(true)
    case .ended: setPushed(false)
    case .anything:
      // Both look at all.
      setPushed(false)
      setPushed(true)
    case .ready(let ids):
      let waited = waited(among: ids)
      if !waited.isEmpty { wake(waited) }
      return waited
    }
    return []
  }

  /// Those of some tasks that somebody waits for.
  private func waited(among ids: [TaskID]) -> [TaskID] {
    state.withLock { state in
      state.tasks.isEmpty ? [] : ids.filter { state.tasks.entries[$0] != nil }
    }
  }
}
