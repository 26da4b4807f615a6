extension EncodedTaskResult {
  /// Decodes the value and the meta.
  func decodeContent(acceptContent: Set<ContentType>) throws(ResultError) -> TaskResult.Content {
    guard result != nil || meta != nil else { return TaskResult.Content(result: .null, meta: [:]) }
    let serializer = try serializer(acceptContent: acceptContent)
    return TaskResult.Content(
      result: try decode(result, column: "result", serializer),
      meta: try decodeMeta(serializer)
    )
  }

  /// The serialiser that reads this result.
  private func serializer(acceptContent: Set<ContentType>) throws(ResultError) -> ResultSerializer {
    guard acceptContent.contains(contentType) else {
      throw ResultError(
        .contentDisallowed,
        taskID: id,
        message: "its result is stored as \(contentType), which acceptContent does not allow "
          + "(\(acceptContent.map(\.rawValue).sorted().joined(separator: ", "))). Add it there, as to "
          + "result_accept_content in Celery, or have results stored with another result_serializer."
      )
    }
    guard let serializer = ResultSerializer(contentType) else {
      throw ResultError(
        .unsupportedContentType,
        taskID: id,
        message: "its result is stored as \(contentType), which cannot be read; "
          + "\(ResultSerializer.all.map(\.contentType.rawValue).joined(separator: ", ")) can."
      )
    }
    return serializer
  }

  private func decodeMeta(_ serializer: ResultSerializer) throws(ResultError) -> PythonObject {
    switch try decode(meta, column: "meta", serializer) {
    case .object(let members): return members
    case let value where value.isFalse: return [:]
    default:
      throw ResultError(.malformedContent, taskID: id, message: "its meta column holds no object.")
    }
  }

  private func decode(
    _ text: String?,
    column: String,
    _ serializer: ResultSerializer
  ) throws(ResultError) -> PythonValue {
    guard let text, !text.isEmpty else { return .null }
    do {
      return try serializer.decode(text, contentEncoding: contentEncoding)
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
  /// Text that is not in the content type is given as it is: release 1.1 stored the bare `repr`.
  func decodeArguments(_ text: String?, acceptContent: Set<ContentType>) -> PythonValue? {
    guard let text, !text.isEmpty else { return nil }
    guard acceptContent.contains(contentType), let serializer = ResultSerializer(contentType) else {
      return .string(text)
    }
    return (try? serializer.decode(text, contentEncoding: contentEncoding)) ?? .string(text)
  }
}
