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
    let text =
      if state.isException {
        try text(resultSerializer.storedException(result), of: "result", id: id)
      } else {
        try text(result, of: "result", id: id)
      }
    guard let request else {
      let meta = try metaWithoutRequest(id: id)
      let traceback = storesTraceback == .always ? traceback : nil
      return encoded(id, state, result: text, meta: meta, hasRequest: false, traceback: traceback)
    }
    let meta = try meta(of: request, id: id)
    let traceback = storesTraceback == .always || resultExtended ? traceback : nil
    var encoded = encoded(id, state, result: text, meta: meta, hasRequest: true, traceback: traceback)
    if resultExtended { try addDetails(of: request, to: &encoded) }
    return encoded
  }

  // A function of its own, each field of whose outcome is set once: the outcome is large and must not be copied.
  @inline(__always)
  private func encoded(
    _ id: TaskID,
    _ state: TaskState,
    result: String,
    meta: String,
    hasRequest: Bool,
    traceback: String?
  ) -> EncodedTaskResult {
    // Databases keep microseconds, and every backend gives back what it was given.
    let now = now()
    let date = now.roundedToMicroseconds ?? now
    return EncodedTaskResult(
      id: id,
      state: state,
      contentType: resultSerializer.contentType,
      contentEncoding: resultSerializer.contentEncoding,
      result: result,
      meta: meta,
      hasRequest: hasRequest,
      traceback: traceback,
      dateDone: date,
      dateCreated: date,
      dateStarted: state == .started ? date : nil
    )
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
