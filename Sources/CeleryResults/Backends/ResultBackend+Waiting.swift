import OrderedCollections

extension ResultBackend {
  /// Waits until a task is ready.
  public func waitUntilReady(_ id: TaskID, deadline: ContinuousClock.Instant?) async throws -> TaskResult {
    for try await results in readyResults(of: [id], deadline: deadline) {
      if let result = results.first { return result }
    }
    throw CancellationError()
  }

  /// Waits for several tasks by asking for all that are missing again and again.
  public func readyResults(
    of ids: [TaskID],
    deadline: ContinuousClock.Instant?
  ) -> AsyncThrowingStream<[TaskResult], any Error> {
    polledResults(of: ids, deadline: deadline)
  }

  /// What a backend does that is not told of new results.
  func polledResults(
    of ids: [TaskID],
    deadline: ContinuousClock.Instant?
  ) -> AsyncThrowingStream<[TaskResult], any Error> {
    let schedule = PollingSchedule(interval: configuration.pollingInterval ?? .milliseconds(500))
    return searchedResults(of: ids, deadline: deadline) { search in
      while try await !search.look(in: self) {
        try await Task.sleep(for: schedule.pause(before: deadline, now: .now))
      }
    }
  }

  /// What a task of its own finds of some results until it has all, until `deadline`, or until the stream is no
  /// longer held.
  func searchedResults(
    of ids: [TaskID],
    deadline: ContinuousClock.Instant?,
    search: @escaping @Sendable (inout ResultSearch) async throws -> Void
  ) -> AsyncThrowingStream<[TaskResult], any Error> {
    let (stream, continuation) = AsyncThrowingStream<[TaskResult], any Error>.makeStream()
    let work = Task {
      do {
        try await withDeadline(deadline, waitingFor: ids.first) {
          var state = ResultSearch(missing: OrderedSet(ids), continuation: continuation)
          if !ids.isEmpty { try await search(&state) }
        }
        continuation.finish()
      } catch {
        continuation.finish(throwing: error)
      }
    }
    continuation.onTermination = { _ in work.cancel() }
    return stream
  }

  /// Runs `operation`, but no longer than until `deadline`.
  ///
  /// - Parameters:
  ///   - deadline: When `operation` is cancelled; nil lets it run for ever.
  ///   - id: The task that is waited for, for the error.
  ///   - operation: What to run. It must end soon after it was cancelled.
  /// - Throws: `ResultError` with code `timeout` at the deadline, or what `operation` throws.
  package func withDeadline<Result: Sendable>(
    _ deadline: ContinuousClock.Instant?,
    waitingFor id: TaskID?,
    operation: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    guard let deadline else { return try await operation() }
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask { try await operation() }
      group.addTask {
        try await Task.sleep(until: deadline, clock: .continuous)
        return nil
      }
      defer { group.cancelAll() }
      guard let result = try await group.next() ?? nil else {
        try Task.checkCancellation()
        throw ResultError.notReadyInTime(id)
      }
      return result
    }
  }
}

extension ResultError {
  /// Nothing came until the deadline.
  package static func notReadyInTime(_ id: TaskID?) -> ResultError {
    ResultError(.timeout, taskID: id, message: "it was not ready in time.")
  }
}

/// The results that are still missing, and whoever waits for them.
struct ResultSearch {
  var missing: OrderedSet<TaskID>
  let continuation: AsyncThrowingStream<[TaskResult], any Error>.Continuation

  /// Asks for those that are missing, and tells which are ready.
  ///
  /// - Returns: Whether none is missing any more.
  mutating func look(in backend: some ResultBackend) async throws -> Bool {
    tell(try await backend.taskMeta(for: Array(missing)))
  }

  /// Tells which of some results are ready.
  ///
  /// - Returns: Whether none is missing any more.
  mutating func tell(_ results: [TaskResult]) -> Bool {
    let ready = results.filter(\.state.isReady)
    guard !ready.isEmpty else { return false }
    missing.subtract(ready.map(\.id))
    continuation.yield(ready)
    return missing.isEmpty
  }
}

/// When to ask again while waiting for a task.
struct PollingSchedule {
  let interval: Duration

  /// How long to pause at `now` before asking again.
  ///
  /// The last question is asked shortly before the deadline, so that a result that came in the last interval
  /// is seen. After it the pause ends past the deadline, when nobody waits any more.
  func pause(before deadline: ContinuousClock.Instant?, now: ContinuousClock.Instant) -> Duration {
    guard let deadline else { return interval }
    let remaining = now.duration(to: deadline)
    if remaining > interval { return interval }
    return remaining > interval / 10 ? remaining * 9 / 10 : max(remaining, .zero) + interval
  }
}
