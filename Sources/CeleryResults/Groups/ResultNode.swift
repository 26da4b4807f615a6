/// The result of a task, or the results of a group, in a tree of results.
///
/// Source: `celery.result.ResultBase`.
public enum ResultNode: Sendable {
  /// A task.
  case task(AsyncResult<PythonValue>)
  /// A group.
  case group(GroupResult<PythonValue>)

  /// Refers to a task or group that another task has sent.
  public init(_ reference: ResultReference, backend: any ResultBackend) {
    if let group = GroupResult<PythonValue>(reference: reference, backend: backend) {
      self = .group(group)
    } else {
      self = .task(AsyncResult(reference.id, parent: reference.parent, backend: backend))
    }
  }

  /// The id of the task or group.
  public var id: TaskID {
    switch self {
    case .task(let result): result.id
    case .group(let group): group.id
    }
  }

  /// What came before it in a chain: Celery's `parent`.
  public var parent: ResultNode? {
    switch self {
    case .task(let result): result.parent
    case .group(let group): group.parent
    }
  }

  /// Waits until it is ready, and returns the value of the task, or the list of what the members of the group
  /// have returned.
  ///
  /// - Parameter timeout: How long to wait; nil waits for ever. Zero looks once.
  /// - Throws: As `AsyncResult.get` and `GroupResult.get`.
  public func get(timeout: Duration? = nil) async throws -> PythonValue {
    switch self {
    case .task(let result): try await result.get(timeout: timeout)
    case .group(let group): .array(try await group.get(timeout: timeout))
    }
  }

  /// What it has sent, for a group its members; nil when it is not ready.
  ///
  /// - Throws: `ResultError` when what is stored cannot be read, or the backend's own error.
  func childrenWhenReady() async throws -> [ResultNode]? {
    switch self {
    case .task(let result):
      let meta = try await result.taskMeta()
      guard meta.state.isReady else { return nil }
      return (try meta.children ?? []).map { ResultNode($0, backend: result.backend) }
    case .group(let group):
      guard try await group.isReady else { return nil }
      return group.members.map { ResultNode($0, backend: group.backend) }
    }
  }
}
