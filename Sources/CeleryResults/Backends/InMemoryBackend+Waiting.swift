import Synchronization

extension InMemoryBackend {
  /// Waits until at least one of several tasks is ready; a store wakes it.
  public func waitUntilAnyReady(
    _ ids: [TaskID],
    lastAsked: ContinuousClock.Instant?,
    deadline: ContinuousClock.Instant?
  ) async throws -> [TaskResult] {
    guard !ids.isEmpty else { return [] }
    return try await withDeadline(deadline, waitingFor: ids.first) { [self] in
      let (stores, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
      let waiter = state.withLock { state in
        state.lastWaiter += 1
        for id in ids { state.waiters[id, default: [:]][state.lastWaiter] = continuation }
        return state.lastWaiter
      }
      defer { removeWaiter(waiter, for: ids) }
      continuation.yield()
      for await _ in stores {
        let ready = try await taskMeta(for: ids).filter(\.state.isReady)
        if !ready.isEmpty { return ready }
      }
      throw CancellationError()
    }
  }

  private func removeWaiter(_ waiter: Int, for ids: [TaskID]) {
    state.withLock { state in
      for id in ids {
        state.waiters[id]?[waiter] = nil
        if state.waiters[id]?.isEmpty == true { state.waiters[id] = nil }
      }
    }
  }
}
