extension ResultBackend {
  /// Waits until a task is ready by asking again and again.
  public func waitUntilReady(_ id: TaskID, deadline: ContinuousClock.Instant?) async throws -> TaskResult {
    try await waitUntilAnyReady([id], lastAsked: nil, deadline: deadline).first ?? .pending(id)
  }

  /// Waits until at least one of several tasks is ready by asking for all of them again and again.
  public func waitUntilAnyReady(
    _ ids: [TaskID],
    lastAsked: ContinuousClock.Instant?,
    deadline: ContinuousClock.Instant?
  ) async throws -> [TaskResult] {
    try await pollUntilAnyReady(ids, lastAsked: lastAsked, deadline: deadline)
  }

  /// What a backend does that is not told of new results.
  func pollUntilAnyReady(
    _ ids: [TaskID],
    lastAsked: ContinuousClock.Instant?,
    deadline: ContinuousClock.Instant?
  ) async throws -> [TaskResult] {
    guard !ids.isEmpty else { return [] }
    let schedule = PollingSchedule(interval: configuration.pollingInterval)
    return try await withDeadline(deadline, waitingFor: ids.first) {
      if let lastAsked {
        let pause = schedule.pause(before: deadline, now: lastAsked)
        try await Task.sleep(until: lastAsked.advanced(by: pause), clock: .continuous)
      }
      while true {
        let ready = try await taskMeta(for: ids).filter(\.state.isReady)
        if !ready.isEmpty { return ready }
        try await Task.sleep(for: schedule.pause(before: deadline, now: .now))
      }
    }
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
        throw ResultError(.timeout, taskID: id, message: "it was not ready in time.")
      }
      return result
    }
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
