extension CacheBackend {
  /// Waits for several tasks: the cache tells of changes, or is asked again and again if it cannot.
  public func readyResults(
    of ids: [TaskID],
    deadline: ContinuousClock.Instant?
  ) -> AsyncThrowingStream<[TaskResult], any Error> {
    guard cache.tellsOfChanges else { return polledResults(of: ids, deadline: deadline) }
    return searchedResults(of: ids, deadline: deadline) { search in
      for try await _ in try await cache.changes(of: ids.map(key)) {
        if try await search.look(in: self) { return }
      }
      throw CancellationError()
    }
  }
}
