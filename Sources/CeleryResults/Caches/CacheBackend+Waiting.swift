extension CacheBackend {
  /// Waits until at least one of several tasks is ready: the cache tells of changes, or is asked again and again
  /// if it cannot.
  public func waitUntilAnyReady(
    _ ids: [TaskID],
    lastAsked: ContinuousClock.Instant?,
    deadline: ContinuousClock.Instant?
  ) async throws -> [TaskResult] {
    guard cache.tellsOfChanges, !ids.isEmpty else {
      return try await pollUntilAnyReady(ids, lastAsked: lastAsked, deadline: deadline)
    }
    return try await withDeadline(deadline, waitingFor: ids.first) {
      for try await _ in try await cache.changes(of: ids.map(key)) {
        let ready = try await taskMeta(for: ids).filter(\.state.isReady)
        if !ready.isEmpty { return ready }
      }
      throw CancellationError()
    }
  }
}
