// Inlinable: a store passes through several of these, and each of thousands that wait would keep all of them.
extension ResultBackend {
  /// Stores a result: Celery's `store_result`.
  ///
  /// States that Celery never stores (`TaskState.isStored`) store nothing.
  ///
  /// - Parameters:
  ///   - result: The value, the exception as Celery stores it, or what a custom state holds.
  ///   - id: The task.
  ///   - state: The state.
  ///   - traceback: The traceback of an exception.
  ///   - request: What is known about the task; without it, what is stored of name, arguments and children stays,
  ///     or becomes null where the last write wins.
  /// - Throws: `ResultError` or the backend's own error, as `store(_:)` does.
  @inlinable
  public func storeResult(
    _ result: PythonValue,
    for id: TaskID,
    state: TaskState,
    traceback: String? = nil,
    request: TaskRequest? = nil
  ) async throws {
    try await backend(for: request).store { configuration in
      try configuration.encode(result, for: id, state: state, traceback: traceback, request: request)
    }
  }

  /// Stores any value as a result: Celery's `store_result`.
  ///
  /// - Throws: `ResultError` with code `encodingFailed` when `value` cannot be made a Python value; otherwise as
  ///   for a `PythonValue`.
  @inlinable
  public func storeResult(
    _ value: some Encodable,
    for id: TaskID,
    state: TaskState,
    traceback: String? = nil,
    request: TaskRequest? = nil
  ) async throws {
    let result: PythonValue
    do {
      result = try PythonValueEncoder().encode(value)
    } catch {
      throw ResultError(
        .encodingFailed,
        taskID: id,
        message: "a \(type(of: value)) cannot be made a Python value.",
        underlyingError: error
      )
    }
    try await storeResult(result, for: id, state: state, traceback: traceback, request: request)
  }

  /// Stores that a worker has started the task: Celery's `mark_as_started`.
  ///
  /// - Parameters:
  ///   - id: The task.
  ///   - meta: What is known about the start; Celery's worker gives `pid` and `hostname`.
  ///   - request: What is known about the task.
  /// - Throws: As `storeResult`.
  @inlinable
  public func markAsStarted(
    _ id: TaskID,
    meta: PythonValue = [:],
    request: TaskRequest? = nil
  ) async throws {
    try await storeResult(meta, for: id, state: .started, request: request)
  }

  /// Stores the value that the task returned: Celery's `mark_as_done`.
  ///
  /// - Throws: As `storeResult`.
  @inlinable
  public func markAsDone(_ id: TaskID, result: some Encodable, request: TaskRequest? = nil) async throws {
    try await storeResult(result, for: id, state: .success, request: request)
  }

  /// Stores the exception that the task raised: Celery's `mark_as_failure`.
  ///
  /// - Parameters:
  ///   - id: The task.
  ///   - exception: The exception.
  ///   - traceback: The traceback as text; nil takes the exception's own.
  ///   - request: What is known about the task.
  /// - Throws: As `storeResult`.
  @inlinable
  public func markAsFailure(
    _ id: TaskID,
    exception: RemoteException,
    traceback: String? = nil,
    request: TaskRequest? = nil
  ) async throws {
    try await storeResult(
      exception.celeryValue,
      for: id,
      state: .failure,
      traceback: traceback ?? exception.traceback,
      request: request
    )
  }

  /// Stores that the task will be tried again: Celery's `mark_as_retry`.
  ///
  /// - Parameters:
  ///   - id: The task.
  ///   - exception: The exception that is the reason, if there is one.
  ///   - traceback: The traceback as text; nil takes the exception's own.
  ///   - request: What is known about the task.
  /// - Throws: As `storeResult`.
  @inlinable
  public func markAsRetry(
    _ id: TaskID,
    exception: RemoteException? = nil,
    traceback: String? = nil,
    request: TaskRequest? = nil
  ) async throws {
    try await storeResult(
      exception?.celeryValue ?? .null,
      for: id,
      state: .retry,
      traceback: traceback ?? exception?.traceback,
      request: request
    )
  }

  /// Stores that the task was revoked: Celery's `mark_as_revoked`.
  ///
  /// - Parameters:
  ///   - id: The task.
  ///   - reason: Why: Celery gives `revoked`, `expired`, `terminated` or nothing.
  ///   - request: What is known about the task.
  /// - Throws: As `storeResult`.
  @inlinable
  public func markAsRevoked(_ id: TaskID, reason: String = "", request: TaskRequest? = nil) async throws {
    try await storeResult(
      RemoteException.taskRevoked(reason: reason).celeryValue,
      for: id,
      state: .revoked,
      request: request
    )
  }
}
