extension ResultSerializer {
  /// The serialiser that reads what is stored.
  ///
  /// - Parameters:
  ///   - contentType: What it is stored as.
  ///   - acceptContent: The content types that are read.
  ///   - name: What it is, for the error.
  ///   - taskID: The task that it belongs to.
  /// - Throws: `ResultError` with code `contentDisallowed` or `unsupportedContentType`.
  static func accepted(
    _ contentType: ContentType,
    acceptContent: Set<ContentType>,
    of name: String,
    taskID: TaskID? = nil
  ) throws(ResultError) -> ResultSerializer {
    // There are a few of them at most, which are compared sooner than one is hashed.
    guard acceptContent.contains(where: { $0 == contentType }) else {
      throw ResultError(
        .contentDisallowed,
        taskID: taskID,
        message: "\(name) is stored as \(contentType), which acceptContent does not allow "
          + "(\(acceptContent.map(\.rawValue).sorted().joined(separator: ", "))). Add it there, as to "
          + "result_accept_content in Celery, or have results stored with another result_serializer."
      )
    }
    guard let serializer = ResultSerializer(contentType) else {
      throw ResultError(
        .unsupportedContentType,
        taskID: taskID,
        message: "\(name) is stored as \(contentType), which cannot be read; "
          + "\(all.map(\.contentType.rawValue).joined(separator: ", ")) can."
      )
    }
    return serializer
  }
}
