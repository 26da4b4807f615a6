#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What is stored about a task: its state, its value or exception, and what else is known.
///
/// Source: `Backend.get_task_meta` and the model `TaskResult` of django-celery-results.
public struct TaskResult: Sendable {
  /// The id of the task.
  public let id: TaskID
  /// The state; PENDING when nothing is stored.
  public let state: TaskState
  /// The traceback of an exception.
  public let traceback: String?
  /// The name of the task, when results are extended.
  public let name: String?
  /// The positional arguments, when results are extended: mostly the text of their `repr`.
  public let args: PythonValue?
  /// The named arguments, when results are extended: mostly the text of their `repr`.
  public let kwargs: PythonValue?
  /// The worker that executed the task, when results are extended.
  public let worker: String?
  /// The periodic task that sent the task, when results are extended.
  public let periodicTaskName: String?
  /// When this result was stored, whatever the state.
  public let dateDone: Date?
  /// When a result of this task was first stored.
  public let dateCreated: Date?
  /// When the task was started, when that was stored.
  public let dateStarted: Date?
  /// What the result is written in.
  public let contentType: ContentType
  /// How it is encoded.
  public let contentEncoding: ContentEncoding
  private let content: Result<Content, ResultError>
  private static let jsonOnly: Set<ContentType> = [.json]

  /// What has to be decoded.
  struct Content: Sendable {
    var result: PythonValue
    var meta: PythonObject
  }

  /// A task of which nothing is stored.
  public static func pending(_ id: TaskID) -> TaskResult {
    TaskResult(EncodedTaskResult(id: id))
  }

  /// Reads a result as a backend keeps it, if it is JSON.
  ///
  /// What cannot be decoded makes `result`, `meta` and `children` throw; all else can still be read.
  public init(_ encoded: EncodedTaskResult) {
    self.init(encoded, acceptContent: Self.jsonOnly)
  }

  /// Reads a result as a backend keeps it.
  ///
  /// What cannot be decoded makes `result`, `meta` and `children` throw; all else can still be read.
  ///
  /// - Parameters:
  ///   - encoded: What is stored.
  ///   - acceptContent: The content types that are read (`ResultBackendConfiguration.acceptContent`).
  public init(_ encoded: EncodedTaskResult, acceptContent: Set<ContentType>) {
    self.init(
      encoded,
      content: Result { () throws(ResultError) in try encoded.decodeContent(acceptContent: acceptContent) },
      args: encoded.decodeArguments(encoded.args, acceptContent: acceptContent),
      kwargs: encoded.decodeArguments(encoded.kwargs, acceptContent: acceptContent)
    )
  }

  /// Takes what has been decoded already.
  ///
  /// - Parameters:
  ///   - encoded: All else.
  ///   - content: The value and what is beside it, or why they cannot be read.
  ///   - args: The positional arguments.
  ///   - kwargs: The named arguments.
  init(
    _ encoded: EncodedTaskResult,
    content: Result<Content, ResultError>,
    args: PythonValue?,
    kwargs: PythonValue?
  ) {
    self.id = encoded.id
    self.state = encoded.state
    self.traceback = encoded.traceback
    self.name = encoded.name
    self.args = args
    self.kwargs = kwargs
    self.worker = encoded.worker
    self.periodicTaskName = encoded.periodicTaskName
    self.dateDone = encoded.dateDone
    self.dateCreated = encoded.dateCreated
    self.dateStarted = encoded.dateStarted
    self.contentType = encoded.contentType
    self.contentEncoding = encoded.contentEncoding
    self.content = content
  }

  /// The value that the task returned, the exception as Celery stores it, or what a custom state holds.
  ///
  /// - Throws: `ResultError` when the content type is not accepted or not known, or the text is not what it says.
  public var result: PythonValue {
    get throws(ResultError) { try content.get().result }
  }

  /// What is stored beside the children, by its keys.
  ///
  /// - Throws: `ResultError`, as for `result`.
  public var meta: PythonObject {
    get throws(ResultError) {
      var meta = try content.get().meta
      meta["children"] = nil
      return meta
    }
  }

  /// The children as they are stored; nil when there is no such key.
  var storedChildren: PythonValue? {
    get throws(ResultError) { try content.get().meta["children"] }
  }
}
