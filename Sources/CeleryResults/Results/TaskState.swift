/// The state of a task, by the name that Celery stores.
///
/// The set is open: a task may store a state of its own, such as `PROGRESS`. Source: `celery.states`.
public struct TaskState: RawRepresentable, Hashable, Sendable {
  /// The name of the state.
  public let rawValue: String

  /// Makes a state of its name.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The task waits, or is unknown: nothing has been stored for its id.
  public static let pending: TaskState = "PENDING"
  /// A worker has received the task.
  ///
  /// Celery uses it in events only.
  public static let received: TaskState = "RECEIVED"
  /// A worker has started the task.
  public static let started: TaskState = "STARTED"
  /// The task has returned a value.
  public static let success: TaskState = "SUCCESS"
  /// The task has raised an exception.
  public static let failure: TaskState = "FAILURE"
  /// The task will be tried again.
  public static let retry: TaskState = "RETRY"
  /// The task was revoked, has expired or was terminated.
  public static let revoked: TaskState = "REVOKED"
  /// A worker has rejected the task.
  ///
  /// Celery uses it in events only.
  public static let rejected: TaskState = "REJECTED"
  /// The task asked that its result be ignored.
  public static let ignored: TaskState = "IGNORED"
}

extension TaskState {
  /// Whether the task has ended: SUCCESS, FAILURE or REVOKED (`READY_STATES`).
  public var isReady: Bool { self == .success || propagates }

  /// Whether the result is an exception: RETRY, FAILURE or REVOKED (`EXCEPTION_STATES`).
  public var isException: Bool { self != .success && (self == .retry || propagates) }

  /// Whether `get` throws the exception: FAILURE or REVOKED (`PROPAGATE_STATES`).
  public var propagates: Bool { self == .failure || self == .revoked }

  /// Whether Celery stores this state.
  ///
  /// PENDING means that nothing is stored, RECEIVED and REJECTED occur in events only, and IGNORED asks for
  /// nothing to be stored. Every other state, custom ones included, is stored.
  public var isStored: Bool {
    // What is stored most is known at once.
    self == .success
      || (self != .pending && self != .received && self != .rejected && self != .ignored)
  }
}

extension TaskState: Codable {
  /// Reads a state from a plain string.
  public init(from decoder: any Decoder) throws {
    self.rawValue = try decoder.singleValueContainer().decode(String.self)
  }

  /// Writes the state as a plain string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

extension TaskState: ExpressibleByStringLiteral, CustomStringConvertible {
  /// Makes a state of a string literal.
  public init(stringLiteral value: String) {
    self.rawValue = value
  }

  /// The name of the state.
  public var description: String { rawValue }
}
