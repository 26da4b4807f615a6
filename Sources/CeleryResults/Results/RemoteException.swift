/// The exception that a task raised in Python, or that is stored as if one had.
public struct RemoteException: Error, Hashable, Sendable {
  /// The name of the class, qualified within its module: `ValueError`, `Outer.Inner`.
  public var type: String
  /// The module of the class, such as `builtins`; nil when it was not stored.
  public var module: String?
  /// The arguments that the exception was made with.
  ///
  /// Those that could not be serialised are their `repr`.
  public var arguments: [PythonValue]
  /// The traceback as text, when it is known.
  public var traceback: String?

  /// Makes an exception.
  public init(
    type: String,
    module: String? = "builtins",
    arguments: [PythonValue] = [],
    traceback: String? = nil
  ) {
    self.type = type
    self.module = module
    self.arguments = arguments
    self.traceback = traceback
  }

  /// The exception that Celery stores for a revoked task: reason `revoked`, `expired`, `terminated` or empty.
  public static func taskRevoked(reason: String = "") -> RemoteException {
    RemoteException(type: "TaskRevokedError", module: "celery.exceptions", arguments: [.string(reason)])
  }
}

extension RemoteException: CustomStringConvertible, CustomDebugStringConvertible {
  /// The class with its module, `builtins` left out.
  ///
  /// The arguments are result data and not shown.
  public var description: String {
    guard let module, module != "builtins" else { return type }
    return "\(module).\(type)"
  }

  /// The class and its arguments, as Python's `repr` shows an exception.
  public var debugDescription: String {
    "\(description)(\(arguments.map(PythonRepresentation.text).joined(separator: ", ")))"
  }
}
