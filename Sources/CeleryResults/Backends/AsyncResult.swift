#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// The result of a task that may still be running.
///
/// Source: `celery.result.AsyncResult`.
///
/// Every property asks the backend; `taskMeta()` gives all of them from one question.
public struct AsyncResult<Value: Decodable & Sendable>: Sendable {
  /// The id of the task.
  public let id: TaskID
  /// What came before the task in a chain, when that is known.
  public let parentReference: ResultReference?
  /// The backend that is asked.
  public let backend: any ResultBackend

  /// Refers to the result of a task.
  ///
  /// - Parameters:
  ///   - id: The id of the task, which need not be known yet.
  ///   - parent: What came before the task in a chain.
  ///   - type: What the task returns. An optional type takes Python's `None` as nil.
  ///   - backend: The backend to ask.
  public init(
    _ id: TaskID,
    parent: ResultReference? = nil,
    as type: Value.Type = Value.self,
    backend: any ResultBackend
  ) {
    self.id = id
    self.parentReference = parent
    self.backend = backend
  }

  /// Refers to the result of a task that another one has sent; nil when `reference` is a group.
  public init?(
    reference: ResultReference,
    as type: Value.Type = Value.self,
    backend: any ResultBackend
  ) {
    guard !reference.isGroup else { return nil }
    self.init(reference.id, parent: reference.parent, backend: backend)
  }

  /// What came before the task in a chain: Celery's `parent`.
  public var parent: ResultNode? {
    parentReference.map { ResultNode($0, backend: backend) }
  }

  /// Waits until the task is ready, and returns its value.
  ///
  /// - Parameter timeout: How long to wait; nil waits for ever. Zero looks once.
  /// - Throws: `ResultError`: `taskFailed` or `taskRevoked` with the exception and its traceback, `timeout`,
  ///   or `decodingFailed` when the value is not a `Value`. `CancellationError` when the Swift task is
  ///   cancelled. Else the backend's own error.
  public func get(timeout: Duration? = nil) async throws -> Value {
    try await wait(timeout: timeout).get()
  }

  /// Waits until the task is ready, and returns what is stored about it, whether it has failed or not.
  ///
  /// - Parameter timeout: How long to wait; nil waits for ever. Zero looks once.
  /// - Throws: `ResultError` with code `timeout`, `CancellationError`, or the backend's own error.
  public func wait(timeout: Duration? = nil) async throws -> TaskResult {
    if let timeout, timeout <= .zero {
      let meta = try await taskMeta()
      if meta.state.isReady { return meta }
      throw ResultError(.timeout, taskID: id, message: "it is \(meta.state).")
    }
    let deadline = timeout.map { ContinuousClock.now.advanced(by: min($0, .longest)) }
    return try await backend.waitUntilReady(id, deadline: deadline)
  }

  /// What is stored about the task.
  ///
  /// - Throws: The backend's own error.
  public func taskMeta() async throws -> TaskResult {
    try await backend.taskMeta(for: id)
  }

  /// Deletes what is stored about the task.
  ///
  /// - Throws: The backend's own error.
  public func forget() async throws {
    try await backend.forget(id)
  }
}

extension AsyncResult {
  /// The state of the task: Celery's `state`.
  public var state: TaskState {
    get async throws { try await taskMeta().state }
  }

  /// Whether the task has ended: Celery's `ready()`.
  public var isReady: Bool {
    get async throws { try await state.isReady }
  }

  /// Whether the task has returned a value: Celery's `successful()`.
  public var isSuccessful: Bool {
    get async throws { try await state == .success }
  }

  /// Whether the task has raised an exception: Celery's `failed()`.
  public var isFailed: Bool {
    get async throws { try await state == .failure }
  }

  /// What the task returned, its exception as Celery stores it, or what a custom state holds: `result`.
  public var result: PythonValue {
    get async throws { try await taskMeta().result }
  }

  /// The exception of a task that failed, was revoked or will be tried again.
  public var exception: RemoteException? {
    get async throws { try await taskMeta().exception }
  }

  /// The traceback of an exception: Celery's `traceback`.
  public var traceback: String? {
    get async throws { try await taskMeta().traceback }
  }

  /// The tasks and groups that the task has sent: Celery's `children`.
  public var children: [ResultReference]? {
    get async throws { try await taskMeta().children }
  }

  /// When the result was stored: Celery's `date_done`.
  public var dateDone: Date? {
    get async throws { try await taskMeta().dateDone }
  }

  /// The name of the task, when results are extended: Celery's `name`.
  public var name: String? {
    get async throws { try await taskMeta().name }
  }

  /// The worker that executed the task, when results are extended: Celery's `worker`.
  public var worker: String? {
    get async throws { try await taskMeta().worker }
  }
}
