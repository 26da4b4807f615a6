extension EncodedTaskResult {
  /// Decodes the value and the meta.
  func decodeContent(acceptContent: Set<ContentType>) throws(ResultError) -> TaskResult.Content {
    guard result != nil || meta != nil else { return TaskResult.Content(result: .null, meta: [:]) }
    let serializer = try ResultSerializer.accepted(
      contentType,
      acceptContent: acceptContent,
      of: "its result",
      taskID: id
    )
    return TaskResult.Content(
      result: try decode(result, column: "result", serializer),
      meta: try decodeMeta(serializer)
    )
  }

  private static let unknownChildren: PythonObject = ["children": .null]

  private func decodeMeta(_ serializer: ResultSerializer) throws(ResultError) -> PythonObject {
    // What stands in most rows need not be read again and again.
    if serializer == .json, contentEncoding == .utf8, meta == ResultSerializer.unknownChildrenInJSON {
      return Self.unknownChildren
    }
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
