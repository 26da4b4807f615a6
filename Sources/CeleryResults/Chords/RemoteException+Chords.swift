extension RemoteException {
  /// The exception that Celery stores for the body of a chord that is never sent.
  ///
  /// - Parameter text: Why. Celery gives the `repr` of the part's exception.
  public static func chordError(_ text: String) -> RemoteException {
    RemoteException(type: "ChordError", module: "celery.exceptions", arguments: [.string(text)])
  }

  /// The exception as Python's `repr` shows it: the class without its module.
  package var pythonRepresentation: String {
    let name = type.split(separator: ".").last.map(String.init) ?? type
    return "\(name)(\(arguments.map(PythonRepresentation.text).joined(separator: ", ")))"
  }
}

extension ResultBackend {
  /// Stores the error of a chord for its body, which is never sent: Celery's `chord_error_from_stack`.
  ///
  /// Where the body is a group, each of its tasks gets the error. Of several backends it is the one to which the
  /// task's name is bound.
  ///
  /// - Parameters:
  ///   - error: The error, as `ChordOutcome` has it.
  ///   - body: The body.
  /// - Throws: As `storeResult`.
  public func storeChordError(_ error: RemoteException, for body: ChordBody) async throws {
    for (id, name) in body.failingTasks {
      // Only the backend goes by the name: Celery stores none with this error.
      try await backend(for: TaskRequest(name: name)).markAsFailure(id, exception: error)
    }
  }
}
