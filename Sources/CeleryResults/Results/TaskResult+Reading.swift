extension TaskResult {
  /// The tasks and groups that the task has sent; nil when they are not known, as for a task that was stored
  /// without a request.
  ///
  /// - Throws: `ResultError`, as for `result`, or when what is stored are no children.
  public var children: [ResultReference]? {
    get throws(ResultError) {
      switch try storedChildren {
      case .none, .null: return nil
      case .array(let values), .tuple(let values):
        if let references = ResultReference.list(values) { return references }
        fallthrough
      default:
        throw ResultError(
          .malformedContent,
          taskID: id,
          message: "its meta column holds no list of children."
        )
      }
    }
  }

  /// The exception, when the state is RETRY, FAILURE or REVOKED and one is stored.
  ///
  /// - Throws: `ResultError`, as for `result`, or with code `malformedException`.
  public var exception: RemoteException? {
    get throws(ResultError) {
      state.isException ? try RemoteException(celeryValue: try result, traceback: traceback) : nil
    }
  }

  /// The result as a Swift value.
  ///
  /// - Parameter type: The type; an optional one takes Python's `None` as nil.
  /// - Throws: `ResultError` with code `decodingFailed` when the result is not of that type.
  public func value<Value: Decodable>(as type: Value.Type = Value.self) throws(ResultError) -> Value {
    let result = try result
    do {
      return try PythonValueDecoder().decode(type, from: result)
    } catch {
      throw ResultError(
        .decodingFailed,
        taskID: id,
        message: "its result, a \(result.typeName), cannot be read as \(type).",
        underlyingError: error
      )
    }
  }

  /// The error that `AsyncResult.get` throws when the task has failed or was revoked; nil in other states.
  public var failure: ResultError? {
    guard state.propagates else { return nil }
    do throws(ResultError) {
      let exception = try exception
      let named = exception.map { " \($0)" } ?? ""
      return ResultError(
        state == .revoked ? .taskRevoked : .taskFailed,
        taskID: id,
        message: state == .revoked
          ? "it was revoked." : "it failed with\(named.isEmpty ? " no exception" : named).",
        exception: exception,
        traceback: traceback
      )
    } catch {
      return ResultError(
        error.code,
        taskID: id,
        message: "its state is \(state), and its exception cannot be read. \(error.message)",
        traceback: traceback,
        underlyingError: error
      )
    }
  }
}
