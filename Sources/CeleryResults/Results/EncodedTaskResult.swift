#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// The result of a task as a backend keeps it: the fields of django-celery-results' `TaskResult`, as text.
public struct EncodedTaskResult: Hashable, Sendable {
  /// The id of the task: `task_id`.
  public var id: TaskID
  /// The state: `status`.
  public var state: TaskState
  /// What `result` and `meta` are written in: `content_type`.
  public var contentType: ContentType
  /// How they are encoded: `content_encoding`.
  public var contentEncoding: ContentEncoding
  /// The value or the exception, encoded: `result`.
  public var result: String?
  /// The children and what else a task keeps beside them, encoded: `meta`.
  public var meta: String?
  /// Whether `meta` is of a request.
  ///
  /// A store without a request knows no children.
  public var hasRequest: Bool
  /// The traceback, as it is: `traceback`.
  public var traceback: String?
  /// The name of the task: `task_name`.
  public var name: String?
  /// The positional arguments, encoded: `task_args`.
  public var args: String?
  /// The named arguments, encoded: `task_kwargs`.
  public var kwargs: String?
  /// The name of the worker: `worker`.
  public var worker: String?
  /// The name of the periodic task that sent the task: `periodic_task_name`.
  public var periodicTaskName: String?
  /// When this result was stored: `date_done`.
  public var dateDone: Date?
  /// When a result of this task was first stored: `date_created`.
  ///
  /// A store keeps what is there.
  public var dateCreated: Date?
  /// When the task was started: `date_started`.
  ///
  /// A store in which this is nil keeps what is there.
  public var dateStarted: Date?
}

// It is here, and not above, because the type's own initializer, which sets every field once, is used too.
extension EncodedTaskResult {
  /// Makes a result of which nothing but id and state is known.
  public init(id: TaskID, state: TaskState = .pending) {
    self.init(id: id, state: state, contentType: .json, contentEncoding: .utf8, hasRequest: true)
  }
}
