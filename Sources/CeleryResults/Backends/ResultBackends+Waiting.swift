import Synchronization

extension ResultBackends {
  /// Waits until a task is ready, as the backends do in which it is looked for, until the first of them answers.
  ///
  /// Nothing is asked meanwhile but what those backends ask for all who wait in them. When one answers, those that
  /// are asked before it are looked at once: what they have counts, if it is ready.
  ///
  /// - Throws: As those backends, the first that fails.
  public func waitUntilReady(_ id: TaskID, deadline: ContinuousClock.Instant?) async throws -> TaskResult {
    let backends = askedBackends
    guard backends.count > 1 else {
      return try await defaultBackend.waitUntilReady(id, deadline: deadline)
    }
    return try await withThrowingTaskGroup(of: TaskResult.self) { group in
      for (place, backend) in backends.enumerated() {
        group.addTask {
          let result = try await backend.waitUntilReady(id, deadline: deadline)
          return try await backends.prefix(place).counting(before: [result]).first ?? result
        }
      }
      defer { group.cancelAll() }
      guard let result = try await group.next() else { throw CancellationError() }
      return result
    }
  }

  /// Waits for several tasks, each as ``waitUntilReady(_:deadline:)``.
  public func readyResults(
    of ids: [TaskID],
    deadline: ContinuousClock.Instant?
  ) -> AsyncThrowingStream<[TaskResult], any Error> {
    let backends = askedBackends
    guard backends.count > 1 else { return defaultBackend.readyResults(of: ids, deadline: deadline) }
    let (stream, continuation) = AsyncThrowingStream<[TaskResult], any Error>.makeStream()
    // All begin with this call.
    let streams = backends.map { $0.readyResults(of: ids, deadline: deadline) }
    let work = Task {
      do {
        try await Self.merge(streams, of: backends, ids, into: continuation)
        continuation.finish()
      } catch {
        continuation.finish(throwing: error)
      }
    }
    continuation.onTermination = { _ in work.cancel() }
    return stream
  }

  /// Tells each task once, until none is missing.
  private static func merge(
    _ streams: [AsyncThrowingStream<[TaskResult], any Error>],
    of backends: [any ResultBackend],
    _ ids: [TaskID],
    into continuation: AsyncThrowingStream<[TaskResult], any Error>.Continuation
  ) async throws {
    let missing = MissingTasks(ids)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (place, stream) in streams.enumerated() {
        group.addTask {
          for try await results in stream {
            // First all that may be cancelled: what is taken is told.
            let counting = try await backends.prefix(place).counting(before: results)
            let new = missing.take(counting)
            if !new.isEmpty { continuation.yield(new) }
            if missing.isEmpty { return }
          }
        }
      }
      defer { group.cancelAll() }
      while try await group.next() != nil, !missing.isEmpty {}
    }
  }
}

extension Collection<any ResultBackend> {
  /// What is to be believed of tasks of which a backend has told that is asked after these.
  fileprivate func counting(before results: [TaskResult]) async throws -> [TaskResult] {
    var found: [TaskID: TaskResult] = [:]
    for backend in self {
      let missing = results.map(\.id).filter { found[$0] == nil }
      if missing.isEmpty { break }
      for meta in try await backend.taskMeta(for: missing) where meta.state.isReady { found[meta.id] = meta }
    }
    return results.map { found[$0.id] ?? $0 }
  }
}

/// The tasks of which none of several backends has told yet.
private final class MissingTasks: Sendable {
  private let ids: Mutex<Set<TaskID>>

  init(_ ids: [TaskID]) {
    self.ids = Mutex(Set(ids))
  }

  var isEmpty: Bool { ids.withLock { $0.isEmpty } }

  /// Those of some results that are told for the first time.
  func take(_ results: [TaskResult]) -> [TaskResult] {
    ids.withLock { ids in results.filter { ids.remove($0.id) != nil } }
  }
}
