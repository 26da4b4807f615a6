extension ResultError {
  /// What went wrong.
  ///
  /// The set may grow.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String {
      case timeout, taskFailed, taskRevoked, encodingFailed, decodingFailed, malformedException
      case contentDisallowed, unsupportedContentType, malformedContent, valueTooLong, resultTooLarge
      case unknownGroup, incompleteStream, unknownBackend, invalidChord
    }

    private let value: Value

    /// The task was not ready in time.
    public static let timeout = Code(value: .timeout)
    /// The task has raised an exception.
    public static let taskFailed = Code(value: .taskFailed)
    /// The task was revoked, has expired or was terminated.
    public static let taskRevoked = Code(value: .taskRevoked)
    /// A Swift value could not be made a Python value, or this not be written.
    public static let encodingFailed = Code(value: .encodingFailed)
    /// The result is not of the Swift type that was asked for.
    public static let decodingFailed = Code(value: .decodingFailed)
    /// What is stored as an exception is none.
    public static let malformedException = Code(value: .malformedException)
    /// The result is stored in a content type that `ResultBackendConfiguration.acceptContent` does not name.
    public static let contentDisallowed = Code(value: .contentDisallowed)
    /// The result is stored in a content type that cannot be read.
    public static let unsupportedContentType = Code(value: .unsupportedContentType)
    /// The stored text is not what its content type says.
    public static let malformedContent = Code(value: .malformedContent)
    /// An id, state or name is longer than its column.
    public static let valueTooLong = Code(value: .valueTooLong)
    /// The result is larger than the server takes.
    public static let resultTooLarge = Code(value: .resultTooLarge)
    /// No group of that id is saved.
    public static let unknownGroup = Code(value: .unknownGroup)
    /// A tree of results was walked to a task that is not ready: Celery's `IncompleteStream`.
    public static let incompleteStream = Code(value: .incompleteStream)
    /// A rule names a backend that was not given.
    public static let unknownBackend = Code(value: .unknownBackend)
    /// The header or the body of a chord is none.
    public static let invalidChord = Code(value: .invalidChord)

    /// The name of the code.
    public var description: String { value.rawValue }
  }
}

extension ResultError {
  /// A value that is longer than its column.
  ///
  /// - Parameters:
  ///   - column: The name of the column.
  ///   - length: The length of the value in characters.
  ///   - limit: The length of the column in characters.
  ///   - taskID: The task whose result was to be stored.
  public static func valueTooLong(column: String, length: Int, limit: Int, taskID: TaskID? = nil)
    -> ResultError
  {
    ResultError(
      .valueTooLong,
      // An id that is too long for its column is too long for a message as well.
      taskID: column == "task_id" ? nil : taskID,
      message: "\(column) has \(length) characters, and the column holds \(limit). Nothing was stored.",
      column: column,
      size: length,
      limit: limit
    )
  }

  /// A result that is larger than the server takes.
  ///
  /// - Parameters:
  ///   - size: The size of what was to be sent, in bytes.
  ///   - limit: The largest size that the server takes, in bytes.
  ///   - taskID: The task whose result was to be stored.
  public static func resultTooLarge(size: Int, limit: Int, taskID: TaskID? = nil) -> ResultError {
    ResultError(
      .resultTooLarge,
      taskID: taskID,
      message: "the result takes \(size) bytes, and the server takes \(limit). Nothing was stored.",
      size: size,
      limit: limit
    )
  }
}
