extension RemoteException {
  /// Reads an exception as Celery stores it; nil for `{}` and null, which hold none.
  ///
  /// The form is `{"exc_type": …, "exc_message": …, "exc_module": …}`, or in pickle the exception itself.
  /// `exc_message` may be a list of arguments or a single one, and `exc_module` may be missing. Nothing is ever
  /// looked up or executed. Source: `Backend.exception_to_python`.
  ///
  /// - Parameters:
  ///   - value: What the column `result` holds.
  ///   - traceback: The traceback stored beside it.
  /// - Throws: `ResultError` with code `malformedException` when the class is not named.
  public init?(celeryValue value: PythonValue, traceback: String? = nil) throws(ResultError) {
    if value.isFalse { return nil }
    switch value {
    case .exception(var exception):
      exception.traceback = traceback
      self = exception
      return
    case .opaque(let object):
      // What stands in this place is an exception, whatever its class is called.
      self.init(
        type: object.name,
        module: object.module,
        arguments: object.arguments ?? [],
        traceback: traceback
      )
      return
    default: break
    }
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
      case .array(let arguments), .tuple(let arguments): arguments
      case .some(let argument): [argument]
      case .none: [.string("")]
      }
    self.init(
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
