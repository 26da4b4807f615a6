/// The results of the tasks of a group, some of which may still be running.
///
/// Source: `celery.result.GroupResult`.
///
/// A member is a task or a group of its own. Every property asks the backend, for all tasks in one question;
/// `status()` gives all of them from one.
public struct GroupResult<Value: Decodable & Sendable>: Sendable {
  /// The id of the group.
  public let id: TaskID
  /// The tasks and groups that the group is made of, in their order.
  public let members: [ResultReference]
  /// The task before the group in a chain.
  public let parentReference: ResultReference?
  /// The backend that is asked.
  public let backend: any ResultBackend

  /// Refers to the results of a group.
  ///
  /// - Parameters:
  ///   - id: The id of the group; it need not have been saved.
  ///   - members: The tasks and groups that it is made of.
  ///   - parent: The task before the group in a chain.
  ///   - type: What each member returns; for a member that is a group of its own, the array of what its
  ///     members return.
  ///   - backend: The backend to ask.
  public init(
    _ id: TaskID,
    members: [ResultReference],
    parent: ResultReference? = nil,
    as type: Value.Type = Value.self,
    backend: any ResultBackend
  ) {
    self.id = id
    self.members = members
    self.parentReference = parent
    self.backend = backend
  }

  /// Refers to the results of a group that another task has sent; nil when `reference` is a task.
  public init?(
    reference: ResultReference,
    as type: Value.Type = Value.self,
    backend: any ResultBackend
  ) {
    guard let members = reference.children else { return nil }
    self.init(reference.id, members: members, parent: reference.parent, backend: backend)
  }

  /// The group as Celery writes it among the children of a task, and where it is saved.
  public var reference: ResultReference {
    ResultReference(id, parent: parentReference, children: members)
  }

  /// The results of all tasks in their order: Celery's `results`, those of a nested group in its place.
  public var results: [AsyncResult<Value>] {
    taskIDs.map { AsyncResult($0, backend: backend) }
  }

  /// The ids of all tasks in their order, those of a nested group in its place.
  public var taskIDs: [TaskID] { reference.taskIDs }
}

extension ResultReference {
  /// The id of a task, or of all tasks of a group in their order, those of a nested group in its place.
  public var taskIDs: [TaskID] {
    children.map { $0.flatMap(\.taskIDs) } ?? [id]
  }
}
