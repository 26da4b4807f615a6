extension EncodedTaskResult {
  /// Decodes the value and the meta.
  func decodeContent() throws(ResultError) -> TaskResult.Content {
    guard result != nil || meta != nil else { return TaskResult.Content(result: .null, meta: [:]) }
    guard contentType == .json, contentEncoding != .binary else {
      throw ResultError(
        .unsupportedContentType,
        taskID: id,
        message: "its result is stored as \(contentType), \(contentEncoding); "
          + "\(ContentType.json), \(ContentEncoding.utf8) can be read. Set result_serializer = 'json' in Celery."
      )
    }
    return TaskResult.Content(
      result: try decode(result, column: "result"),
      meta: try decodeMeta()
    )
  }

  private func decodeMeta() throws(ResultError) -> PythonObject {
    switch try decode(meta, column: "meta") {
    case .object(let members): return members
    case let value where value.isFalse: return [:]
    default:
      throw ResultError(.malformedContent, taskID: id, message: "its meta column holds no object.")
    }
  }

  private func decode(_ text: String?, column: String) throws(ResultError) -> PythonValue {
    guard let text, !text.isEmpty else { return .null }
    do {
      return try PythonJSON.decode(text)
    } catch {
      throw ResultError(
        .malformedContent,
        taskID: id,
        message: "its \(column) column cannot be read. \(error)",
        underlyingError: error
      )
    }
  }

  /// Decodes arguments.
  ///
  /// Text that is not JSON is given as it is: release 1.1 stored the bare `repr`.
  func decodeArguments(_ text: String?) -> PythonValue? {
    guard let text, !text.isEmpty else { return nil }
    guard contentType == .json else { return .string(text) }
    return (try? PythonJSON.decode(text)) ?? .string(text)
  }
}
