import OrderedCollections

extension RemoteException {
  /// Reads an exception as Celery stores it: `{"exc_type": …, "exc_message": …, "exc_module": …}`.
  ///
  /// `exc_message` may be a list of arguments or a single one, and `exc_module` may be missing. Nothing is ever
  /// looked up or executed. Source: `Backend.exception_to_python`.
  ///
  /// - Parameters:
  ///   - value: What the column `result` holds.
  ///   - traceback: The traceback stored beside it.
  /// - Returns: The exception, or nil for `{}` and null.
  /// - Throws: `ResultError` with code `malformedException` when the class is not named.
  public static func read(_ value: PythonValue, traceback: String? = nil) throws(ResultError)
    -> RemoteException?
  {
    if value.isEmpty { return nil }
    guard case .object(let members) = value else {
      throw ResultError(
        .malformedException,
        message: "A stored exception is an object, and this is a \(value.typeName)."
      )
    }
    guard let type = members["exc_type"]?.text else {
      throw ResultError(
        .malformedException,
        message: "Exception information must include the exception type, exc_type."
      )
    }
    let arguments: [PythonValue] =
      switch members["exc_message"] {
      case .array(let arguments): arguments
      case .some(let argument): [argument]
      case .none: [.string("")]
      }
    return RemoteException(
      type: type,
      module: members["exc_module"]?.text,
      arguments: arguments,
      traceback: traceback
    )
  }

  /// The exception as Celery stores it.
  ///
  /// Source: `Backend.prepare_exception`.
  public var celeryValue: PythonValue {
    .object([
      "exc_type": .string(type),
      "exc_message": .array(arguments),
      "exc_module": module.map(PythonValue.string) ?? .null,
    ])
  }
}

extension PythonValue {
  /// Whether Python takes this for false: null, false, zero, and empty text, bytes, lists and dictionaries.
  var isEmpty: Bool {
    switch self {
    case .null: true
    case .bool(let value): !value
    case .integer(let value): value == 0
    case .double(let value): value == 0
    case .string(let value): value.text?.isEmpty ?? false
    case .array(let value): value.isEmpty
    case .object(let value): value.isEmpty
    case .bytes(let value): value.isEmpty
    default: false
    }
  }
}
