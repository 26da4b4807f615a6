extension ResultBackend {
  /// Waits until a task is ready by asking again and again.
  public func waitUntilReady(_ id: TaskID, deadline: ContinuousClock.Instant?) async throws -> TaskResult {
    let schedule = PollingSchedule(interval: configuration.pollingInterval)
    return try await withDeadline(deadline, waitingFor: id) {
      while true {
        let meta = try await taskMeta(for: id)
        if meta.state.isReady { return meta }
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
  package func withDeadline(
    _ deadline: ContinuousClock.Instant?,
    waitingFor id: TaskID,
    operation: @escaping @Sendable () async throws -> TaskResult
  ) async throws -> TaskResult {
    guard let deadline else { return try await operation() }
    return try await withThrowingTaskGroup(of: TaskResult?.self) { group in
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
