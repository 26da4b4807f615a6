/// What went wrong with a task or with storing, reading or waiting for its result.
///
/// The description names the task and says what to do; it holds no result data. `exception` and `traceback` do.
public struct ResultError: Error, Sendable {
  /// What went wrong.
  public let code: Code
  /// The task concerned.
  public let taskID: TaskID?
  /// What happened, in a sentence, without any result data.
  public let message: String
  /// The exception that the task raised.
  public let exception: RemoteException?
  /// The traceback that was stored with the exception.
  public let traceback: String?
  /// The column whose value is too long.
  public let column: String?
  /// The size that was refused: characters of a column, bytes of a result.
  public let size: Int?
  /// The largest size that would do.
  public let limit: Int?
  /// The error that led to this one.
  public let underlyingError: (any Error)?

  /// Makes an error.
  ///
  /// - Parameter message: A sentence without result data.
  public init(
    _ code: Code,
    taskID: TaskID? = nil,
    message: String,
    exception: RemoteException? = nil,
    traceback: String? = nil,
    column: String? = nil,
    size: Int? = nil,
    limit: Int? = nil,
    underlyingError: (any Error)? = nil
  ) {
    self.code = code
    self.taskID = taskID
    self.message = message
    self.exception = exception
    self.traceback = traceback
    self.column = column
    self.size = size
    self.limit = limit
    self.underlyingError = underlyingError
  }
}

extension ResultError: CustomStringConvertible, CustomDebugStringConvertible {
  /// What happened to which task.
  public var description: String {
    guard let taskID else { return message }
    return "Task \(taskID): \(message)"
  }

  /// The description with the exception's arguments, the traceback and the underlying error.
  public var debugDescription: String {
    var lines = ["\(code): \(description)"]
    if let exception { lines.append(exception.debugDescription) }
    if let traceback { lines.append(traceback) }
    if let underlyingError { lines.append("Underlying error: \(String(reflecting: underlyingError))") }
    return lines.joined(separator: "\n")
  }
}
