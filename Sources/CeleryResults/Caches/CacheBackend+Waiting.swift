import OrderedCollections

extension CacheBackend {
  /// Waits for several tasks: the cache tells of changes, or is asked again and again if it cannot.
  ///
  /// What is read after a change are the values that have changed.
  public func readyResults(
    of ids: [TaskID],
    deadline: ContinuousClock.Instant?
  ) -> AsyncThrowingStream<[TaskResult], any Error> {
    guard cache.tellsOfChanges else { return polledResults(of: ids, deadline: deadline) }
    let idsByKey = OrderedDictionary(ids.map { (key(for: $0), $0) }) { first, _ in first }
    return searchedResults(of: ids, deadline: deadline) { search in
      for try await keys in try await cache.changes(of: Array(idsByKey.keys)) {
        let changed = OrderedSet(keys.compactMap { idsByKey[$0] }).intersection(search.missing)
        let results = try await results(of: Array(changed), isOnlyOne: idsByKey.count == 1)
        if search.tell(results) { return }
      }
      throw CancellationError()
    }
  }
}
