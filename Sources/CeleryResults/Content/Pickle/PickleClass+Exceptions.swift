extension PickleClass {
  /// The exception that a call gives; nil for a class that is none.
  ///
  /// Which class of an application is an exception, a pickle does not say: those are that are called so.
  func exception(_ arguments: [PythonValue]) -> RemoteException? {
    if path == Self.wrapper {
      guard arguments.count >= 3, let module = arguments[0].text, let name = arguments[1].text,
        let given = arguments[2].elements
      else { return nil }
      return RemoteException(type: name, module: module, arguments: given)
    }
    let last = name.split(separator: ".").last ?? ""
    let isNamedSo = ["Error", "Exception", "Warning"].contains { last.hasSuffix($0) }
    guard isNamedSo || (module == "builtins" ? Self.isBuiltIn(name) : Self.isCelerys(path)) else {
      return nil
    }
    return RemoteException(type: name, module: module, arguments: arguments)
  }

  /// What Celery stores in place of an exception that Python could not unpickle.
  static let wrapper = "celery.utils.serialization.UnpickleableExceptionWrapper"

  /// Whether Python itself has an exception of this name.
  static func isBuiltIn(_ name: String) -> Bool { builtIns.contains(name) }

  private static let builtIns: Set<String> = [
    "ArithmeticError", "AssertionError", "AttributeError", "BaseException", "BlockingIOError",
    "BrokenPipeError",
    "BufferError", "BytesWarning", "ChildProcessError", "ConnectionAbortedError", "ConnectionError",
    "ConnectionRefusedError", "ConnectionResetError", "DeprecationWarning", "EOFError", "EnvironmentError",
    "Exception", "FileExistsError", "FileNotFoundError", "FloatingPointError", "FutureWarning",
    "GeneratorExit",
    "IOError", "ImportError", "ImportWarning", "IndentationError", "IndexError", "InterruptedError",
    "IsADirectoryError", "KeyError", "KeyboardInterrupt", "LookupError", "MemoryError", "ModuleNotFoundError",
    "NameError", "NotADirectoryError", "NotImplementedError", "OSError", "OverflowError",
    "PendingDeprecationWarning", "PermissionError", "ProcessLookupError", "RecursionError", "ReferenceError",
    "ResourceWarning", "RuntimeError", "RuntimeWarning", "StopAsyncIteration", "StopIteration", "SyntaxError",
    "SyntaxWarning", "SystemError", "SystemExit", "TabError", "TimeoutError", "TypeError",
    "UnboundLocalError",
    "UnicodeError", "UnicodeWarning", "UserWarning", "ValueError", "Warning", "ZeroDivisionError",
  ]

  /// Whether it is an exception of Celery's own that any arguments make.
  static func isCelerys(_ path: String) -> Bool { celerys.contains(path) }

  private static let celerys: Set<String> = [
    "billiard.exceptions.SoftTimeLimitExceeded", "billiard.exceptions.Terminated",
    "billiard.exceptions.TimeLimitExceeded", "billiard.exceptions.WorkerLostError",
    "celery.exceptions.ChordError",
    "celery.exceptions.Ignore", "celery.exceptions.IncompleteStream", "celery.exceptions.InvalidTaskError",
    "celery.exceptions.MaxRetriesExceededError", "celery.exceptions.NotRegistered",
    "celery.exceptions.Reject",
    "celery.exceptions.Retry", "celery.exceptions.TaskRevokedError", "celery.exceptions.TimeoutError",
  ]
}
