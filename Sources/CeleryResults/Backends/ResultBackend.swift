/// A place where the results of tasks are kept.
///
/// Source: `celery.backends.base.Backend`.
///
/// A backend implements these few requirements; the words of Celery (`storeResult`, `markAsDone`, …) are
/// extensions that every backend has in common.
public protocol ResultBackend: Sendable {
  /// The settings.
  var configuration: ResultBackendConfiguration { get }

  /// The backend in which the result of a task is stored; the default is this one.
  ///
  /// - Parameter request: What is known about the task.
  func backend(for request: TaskRequest?) -> any ResultBackend

  /// Writes a result over what is stored for its task, as `configuration.storePolicy` says: by default SUCCESS
  /// stays.
  ///
  /// When this returns, the result is stored.
  ///
  /// - Throws: `ResultError` when a value is too long or the result too large, before anything is written; or
  ///   the backend's own error.
  func store(_ result: EncodedTaskResult) async throws

  /// Stores what a closure encodes with this backend's settings, once the backend has room for one more; the default
  /// encodes it at once.
  ///
  /// - Parameter encode: Gives nil when nothing is to be stored.
  /// - Throws: What the closure throws; as ``store(_:)``; `CancellationError`.
  func store(encodedBy encode: (ResultBackendConfiguration) throws -> EncodedTaskResult?) async throws

  /// Reads what is stored about several tasks, in the order of `ids`. A task that is unknown is PENDING.
  ///
  /// - Throws: The backend's own error.
  func taskMeta(for ids: [TaskID]) async throws -> [TaskResult]

  /// Deletes what is stored about a task, if anything.
  ///
  /// - Throws: The backend's own error.
  func forget(_ id: TaskID) async throws

  /// Deletes the tasks and groups that were stored more than `age` ago.
  ///
  /// - Returns: How many were deleted.
  /// - Throws: The backend's own error.
  @discardableResult
  func cleanup(olderThan age: Duration) async throws -> CleanupResult

  /// Deletes the tasks and groups that have expired, as `configuration.resultExpires` says.
  ///
  /// - Returns: How many were deleted; none when results never expire.
  /// - Throws: The backend's own error.
  @discardableResult
  func cleanup() async throws -> CleanupResult

  /// Writes a group over what is saved under its id, `date_created` aside.
  ///
  /// When this returns, the group is saved.
  ///
  /// - Throws: `ResultError` when the id is too long or the group too large, before anything is written; or the
  ///   backend's own error.
  func saveGroup(_ group: EncodedGroupResult) async throws

  /// Reads what is saved about a group; nil when nothing is.
  ///
  /// - Throws: The backend's own error.
  func groupMeta(for id: TaskID) async throws -> EncodedGroupResult?

  /// Reads the tasks of a saved group; nil when none of that id is saved.
  ///
  /// The default decodes `groupMeta(for:)`, as `configuration.acceptContent` allows.
  ///
  /// - Throws: `ResultError` when what is saved cannot be read; or the backend's own error.
  func groupReference(for id: TaskID) async throws -> ResultReference?

  /// Deletes a saved group, but not the results of its tasks.
  ///
  /// - Throws: `ResultError` with code `unknownGroup` when none of that id is saved; or the backend's own error.
  func deleteGroup(_ id: TaskID) async throws

  /// Waits until a task is ready, and reads what is stored about it.
  ///
  /// The default takes the first of `readyResults(of:deadline:)`.
  ///
  /// - Parameters:
  ///   - id: The task.
  ///   - deadline: When to give up; nil waits for ever.
  /// - Throws: `ResultError` with code `timeout` at the deadline, `CancellationError` when the Swift task is
  ///   cancelled, or the backend's own error.
  func waitUntilReady(_ id: TaskID, deadline: ContinuousClock.Instant?) async throws -> TaskResult

  /// Waits for several tasks, and tells what is stored about them as they become ready: about each once, about
  /// those that are found together at a time.
  ///
  /// The waiting begins with the call and ends with the last result, or when the stream is no longer held. At the
  /// deadline the stream throws `ResultError` with code `timeout`. It may throw the backend's own error.
  ///
  /// The default asks for all that are missing at once, again and again, at `configuration.pollingInterval`. A
  /// backend that learns of new results in another way has its own.
  ///
  /// - Parameters:
  ///   - ids: The tasks.
  ///   - deadline: When to give up; nil waits for ever.
  func readyResults(
    of ids: [TaskID],
    deadline: ContinuousClock.Instant?
  ) -> AsyncThrowingStream<[TaskResult], any Error>
}

extension ResultBackend {
  /// Encodes at once.
  public func store(
    encodedBy encode: (ResultBackendConfiguration) throws -> EncodedTaskResult?
  ) async throws {
    if let result = try encode(configuration) { try await store(result) }
  }

  /// This backend.
  @inlinable
  public func backend(for request: TaskRequest?) -> any ResultBackend { self }

  /// Reads what is stored about a task.
  ///
  /// A task that is unknown is PENDING, and nothing is stored for it.
  ///
  /// - Throws: The backend's own error.
  public func taskMeta(for id: TaskID) async throws -> TaskResult {
    try await taskMeta(for: [id]).first ?? .pending(id)
  }

  /// Deletes the tasks and groups that were stored more than `configuration.resultExpires` ago.
  ///
  /// - Returns: How many were deleted; none when results never expire.
  /// - Throws: The backend's own error.
  @discardableResult
  public func cleanup() async throws -> CleanupResult {
    guard let age = configuration.resultExpires else { return CleanupResult(tasks: 0, groups: 0) }
    return try await cleanup(olderThan: age)
  }
}
