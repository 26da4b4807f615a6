import OrderedCollections
import Synchronization

extension InMemoryBackend {
  /// Waits for several tasks: a store tells their results.
  public func readyResults(
    of ids: [TaskID],
    deadline: ContinuousClock.Instant?
  ) -> AsyncThrowingStream<[TaskResult], any Error> {
    let (stream, continuation) = AsyncThrowingStream<[TaskResult], any Error>.makeStream()
    let ids = OrderedSet(ids)
    guard let first = ids.first else {
      continuation.finish()
      return stream
    }
    let (waiter, found) = state.withLock { state in
      state.lastWaiter += 1
      state.waiting[state.lastWaiter] = Waiter(missing: Set(ids), continuation: continuation)
      for id in ids { state.waiters[id, default: []].append(state.lastWaiter) }
      return (state.lastWaiter, state.takeReady(Array(ids)))
    }
    let timer = deadline.map { deadline in
      Task {
        try await Task.sleep(until: deadline, clock: .continuous)
        continuation.finish(throwing: ResultError.notReadyInTime(first))
        // It may have ended before the stream had been told what to do then.
        state.withLock { $0.remove(waiter) }
      }
    }
    continuation.onTermination = { [self] _ in
      timer?.cancel()
      state.withLock { $0.remove(waiter) }
    }
    tell(found)
    return stream
  }

  /// Tells results to those who wait for them.
  func tell(_ found: [Found]) {
    for (waiter, rows) in found {
      waiter.continuation.yield(rows.map { TaskResult($0, acceptContent: configuration.acceptContent) })
      if waiter.missing.isEmpty { waiter.continuation.finish() }
    }
  }

  /// Somebody who waits, and what was found for them.
  typealias Found = (waiter: Waiter, rows: [EncodedTaskResult])

  /// Somebody who waits.
  struct Waiter {
    var missing: Set<TaskID>
    let continuation: AsyncThrowingStream<[TaskResult], any Error>.Continuation
  }
}

extension InMemoryBackend.State {
  /// What some tasks have that are ready, for those who wait for them, who then do so no longer.
  mutating func takeReady(_ ids: [TaskID]) -> [InMemoryBackend.Found] {
    var rowsByWaiter: OrderedDictionary<Int, [EncodedTaskResult]> = [:]
    for id in ids {
      guard let row = rows[id]?.result, row.state.isReady else { continue }
      for waiter in waiters.removeValue(forKey: id) ?? [] {
        waiting[waiter]?.missing.remove(id)
        rowsByWaiter[waiter, default: []].append(row)
      }
    }
    return rowsByWaiter.compactMap { number, rows in
      guard let waiter = waiting[number] else { return nil }
      if waiter.missing.isEmpty { waiting[number] = nil }
      return (waiter, rows)
    }
  }

  /// Forgets somebody who waits no longer.
  mutating func remove(_ number: Int) {
    guard let waiter = waiting.removeValue(forKey: number) else { return }
    for id in waiter.missing {
      waiters[id]?.removeAll { $0 == number }
      if waiters[id]?.isEmpty == true { waiters[id] = nil }
    }
  }
}
