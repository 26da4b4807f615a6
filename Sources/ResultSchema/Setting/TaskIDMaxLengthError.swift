/// A value of DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH that cannot be used.
public struct TaskIDMaxLengthError: Error, Sendable, Hashable {
  /// Why the value cannot be used.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Reason: String, Sendable, Hashable {
      case notAWholeNumber
      case tooLong
    }

    private let reason: Reason

    /// The value is neither `auto` nor a whole number of at least 1.
    public static let notAWholeNumber = Code(reason: .notAWholeNumber)
    /// The server cannot index so many characters or keep them in a row.
    public static let tooLong = Code(reason: .tooLong)

    /// The code's name.
    public var description: String { reason.rawValue }
  }

  /// Why the value cannot be used.
  public let code: Code
  /// The value as the user gave it.
  public let value: String
  /// The largest number that would do on the server at hand, nil where that is not known or none would.
  public var largest: Int?

  /// Makes an error.
  public init(_ code: Code, value: String, largest: Int? = nil) {
    self.code = code
    self.value = value
    self.largest = largest
  }
}

extension TaskIDMaxLengthError: CustomStringConvertible {
  /// Names the variable, the value, what is wrong with it, and the largest that would do if that is known.
  public var description: String {
    let reason =
      code == .tooLong
      ? "is more than this server can index or keep in a row"
      : "is neither auto nor a whole number of at least 1"
    let remedy = largest.map { "; the largest that would do here is \($0)" } ?? ""
    return "\(TaskIDMaxLength.variable)=\(value) \(reason)\(remedy)"
  }
}
