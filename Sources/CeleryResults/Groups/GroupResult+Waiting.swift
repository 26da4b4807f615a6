extension GroupResult {
  /// Waits until all tasks are ready, and returns what the members have returned, in their order: Celery's
  /// `get` and `join`.
  ///
  /// As soon as one task is found to have failed, its exception is thrown, and the others are not waited for.
  ///
  /// - Parameter timeout: How long to wait; nil waits for ever. Zero looks once.
  /// - Throws: `ResultError`: `taskFailed` or `taskRevoked` with the exception and its traceback, `timeout`, or
  ///   `decodingFailed` when a value is not a `Value`. `CancellationError` when the Swift task is cancelled.
  ///   Else the backend's own error.
  public func get(timeout: Duration? = nil) async throws -> [Value] {
    var completions = iterate(timeout: timeout).makeAsyncIterator()
    var tasks: [TaskResult] = []
    while let ready = try await completions.nextReady() {
      if let failure = ready.lazy.compactMap(\.failure).first { throw failure }
      tasks += ready
    }
    let status = GroupStatus(reference, tasks: tasks)
    return try members.map { try status.value(of: $0, as: Value.self) }
  }

  /// Waits until all tasks are ready, and returns what is stored about them, whether they have failed or not.
  ///
  /// - Parameter timeout: How long to wait; nil waits for ever. Zero looks once.
  /// - Throws: `ResultError` with code `timeout`, `CancellationError`, or the backend's own error.
  public func wait(timeout: Duration? = nil) async throws -> GroupStatus {
    var completions = iterate(timeout: timeout).makeAsyncIterator()
    var tasks: [TaskResult] = []
    while let ready = try await completions.nextReady() { tasks += ready }
    return GroupStatus(reference, tasks: tasks)
  }

  /// The results of the tasks as they become ready, those of nested groups among them: Celery's `iter_native`.
  ///
  /// A task that has failed is one of them and ends nothing:
  ///
  /// ```swift
  /// for try await task in group.iterate(timeout: .seconds(60)) {
  ///   print(task.id, try task.get(as: Int.self))
  /// }
  /// ```
  ///
  /// - Parameter timeout: How long to wait for all of them, from the beginning of the loop; nil waits for ever.
  ///   Zero looks once.
  public func iterate(timeout: Duration? = nil) -> GroupCompletions {
    GroupCompletions(groupID: id, taskIDs: taskIDs, backend: backend, timeout: timeout)
  }
}

extension TaskResult {
  /// The value that the task returned.
  ///
  /// - Parameter type: The type; an optional one takes Python's `None` as nil.
  /// - Throws: `ResultError`: `taskFailed` or `taskRevoked` with the exception and its traceback, or
  ///   `decodingFailed` when the value is not of that type.
  public func get<Value: Decodable>(as type: Value.Type = Value.self) throws(ResultError) -> Value {
    if let failure { throw failure }
    return try value()
  }
}
