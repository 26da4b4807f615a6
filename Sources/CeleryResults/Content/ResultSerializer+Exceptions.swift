extension ResultSerializer {
  /// What is stored for an exception: in pickle the exception itself, otherwise its class, arguments and module.
  ///
  /// In pickle too it is stored by its parts when it is none of Python's or Celery's own: a class that Python cannot
  /// import would make the result unreadable, while of the parts Celery makes that class or one of the same name.
  /// Source: `Backend.prepare_exception` and `Backend.exception_to_python`.
  package func storedException(_ value: PythonValue) -> PythonValue {
    // What is no exception is stored as it was given.
    guard let exception = try? RemoteException(celeryValue: value) else { return value }
    if self == .pickle && exception.isWrittenAsItself { return .exception(exception) }
    switch value {
    case .exception, .opaque:
      return RemoteException(
        type: exception.type,
        module: exception.module,
        arguments: storable(exception.arguments)
      ).celeryValue
    case .object(var members):
      if let arguments = members["exc_message"]?.elements {
        members["exc_message"] = .array(storable(arguments))
      }
      return .object(members)
    default: return value
    }
  }

  /// The arguments, with the `repr` of those that cannot be written (`ensure_serializable`).
  private func storable(_ arguments: [PythonValue]) -> [PythonValue] {
    arguments.map { (try? encode($0)) == nil ? .string(PythonRepresentation.text($0)) : $0 }
  }
}
