import MariaDBClient

extension ClusterLock {
  /// Takes the lock, or waits until its holder has ended or is gone.
  func take(_ wait: LockWait) async throws {
    var wait = wait
    var watch = HolderWatch(limit: wait.options.takeOverAfter)
    var holder: LockHolder?
    while true {
      let attempt = try await connection.run { handle in try ClusterLockAttempt(self.table, handle) }
      switch attempt {
      case .taken: return
      case .free:
        try wait.check(nil)
        continue
      case .held(let row):
        holder = row.holder
        // The holder on this node had this node's named lock, which is now held here: it has ended.
        let hasEnded = row.nodeID == table.node.id
        if watch.notes(row.sign, at: .now) || hasEnded, try await takeOver(row) {
          wait.options.tell(
            "took over the lock of a migration that has ended (\(row.holder)): "
              + (hasEnded ? "its connection is gone" : "no sign of it for \(wait.options.takeOverAfter)")
          )
          return
        }
        try wait.check(holder)
      case .refused(let error):
        try wait.check(holder, because: error)
      }
      wait.tell(waitingFor: holder)
      try await Task.sleep(for: watch.pace)
    }
  }

  private func takeOver(_ row: ClusterLockTable.Row) async throws -> Bool {
    try await connection.run { handle in
      try ClusterLockAttempt.unlessOthersWon { try self.table.takeOver(row.sign, handle) } ?? false
    }
  }
}
