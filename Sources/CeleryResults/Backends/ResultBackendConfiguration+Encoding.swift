extension ResultBackendConfiguration {
  /// Prepares what is to be written for one result, as these settings ask: the same for every backend.
  ///
  /// - Parameters:
  ///   - result: The value, or the exception as Celery stores it.
  ///   - id: The task.
  ///   - state: The state to store.
  ///   - traceback: The traceback of the exception.
  ///   - request: What is known about the task. Without it no children are known either.
  /// - Returns: What is to be written, or nil for a state that Celery never stores (`TaskState.isStored`).
  /// - Throws: `ResultError` with code `encodingFailed` when a value cannot be written.
  public func encode(
    _ result: PythonValue,
    for id: TaskID,
    state: TaskState,
    traceback: String? = nil,
    request: TaskRequest? = nil
  ) throws(ResultError) -> EncodedTaskResult? {
    guard state.isStored else { return nil }
    let stored = state.isException ? resultSerializer.storedException(result) : result
    let text = try text(stored, of: "result", id: id)
    // Databases keep microseconds, and every backend gives back what it was given.
    let now = now()
    let date = now.roundedToMicroseconds ?? now
    guard let request else {
      return EncodedTaskResult(
        id: id,
        state: state,
        serializer: resultSerializer,
        result: text,
        meta: try metaWithoutRequest(id: id),
        hasRequest: false,
        traceback: storesTraceback == .always ? traceback : nil,
        date: date
      )
    }
    var encoded = EncodedTaskResult(
      id: id,
      state: state,
      serializer: resultSerializer,
      result: text,
      meta: try meta(of: request, id: id),
      hasRequest: true,
      traceback: storesTraceback == .always || resultExtended ? traceback : nil,
      date: date
    )
    if resultExtended { try addDetails(of: request, to: &encoded) }
    return encoded
  }

  private func meta(of request: TaskRequest, id: TaskID) throws(ResultError) -> String {
    var meta = request.meta
    // As in Python, a key of the request's own that is called children keeps its place and loses its value.
    meta["children"] = .array(request.children.map(\.celeryValue))
    return try text(.object(meta), of: "meta", id: id)
  }

  private func metaWithoutRequest(id: TaskID) throws(ResultError) -> String {
    if resultSerializer == .json { return ResultSerializer.unknownChildrenInJSON }
    return try text(["children": .null], of: "meta", id: id)
  }

  private func addDetails(
    of request: TaskRequest,
    to encoded: inout EncodedTaskResult
  ) throws(ResultError) {
    let id = encoded.id
    encoded.name = request.name
    if let args = request.args { encoded.args = try text(args.storedValue, of: "args", id: id) }
    if let kwargs = request.kwargs { encoded.kwargs = try text(kwargs.storedValue, of: "kwargs", id: id) }
    encoded.worker = request.worker
    encoded.periodicTaskName = request.periodicTaskName
  }

  private func text(_ value: PythonValue, of name: String, id: TaskID) throws(ResultError) -> String {
    do {
      return try resultSerializer.encode(value)
    } catch {
      throw ResultError(
        .encodingFailed,
        taskID: id,
        message: "its \(name) cannot be written. \(error)",
        underlyingError: error
      )
    }
  }
}
