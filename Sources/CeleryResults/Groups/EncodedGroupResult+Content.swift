extension EncodedGroupResult {
  /// Decodes the group with its parent and its members; nil when none is stored, as in a row that was made by
  /// hand.
  ///
  /// - Parameter acceptContent: The content types that are read (`ResultBackendConfiguration.acceptContent`).
  /// - Throws: `ResultError` with code `contentDisallowed`, `unsupportedContentType` or `malformedContent`.
  public func reference(
    acceptContent: Set<ContentType> = [.json]
  ) throws(ResultError) -> ResultReference? {
    let value = try decodeContent(acceptContent: acceptContent)
    guard !value.isFalse else { return nil }
    guard let reference = ResultReference(celeryValue: value), reference.isGroup else {
      throw ResultError(.malformedContent, message: "Group \(id): its result column holds no group.")
    }
    return reference
  }

  private func decodeContent(acceptContent: Set<ContentType>) throws(ResultError) -> PythonValue {
    guard let result, !result.isEmpty else { return .null }
    let serializer = try ResultSerializer.accepted(
      contentType,
      acceptContent: acceptContent,
      of: "Group \(id): it"
    )
    do {
      return try serializer.decode(result, contentEncoding: contentEncoding)
    } catch {
      throw ResultError(
        .malformedContent,
        message: "Group \(id): its result column cannot be read. \(error)",
        underlyingError: error
      )
    }
  }
}

extension ResultBackendConfiguration {
  /// Prepares what is to be written for one group, as these settings ask: the same for every backend.
  ///
  /// - Parameter group: The group with its parent and its members.
  /// - Throws: `ResultError` with code `encodingFailed` when an id cannot be written.
  public func encode(_ group: ResultReference) throws(ResultError) -> EncodedGroupResult {
    var encoded = EncodedGroupResult(id: group.id)
    encoded.contentType = resultSerializer.contentType
    encoded.contentEncoding = resultSerializer.contentEncoding
    do {
      encoded.result = try resultSerializer.encode(group.celeryValue)
    } catch {
      throw ResultError(
        .encodingFailed,
        message: "Group \(group.id): it cannot be written. \(error)",
        underlyingError: error
      )
    }
    // Databases keep microseconds, and every backend gives back what it was given.
    let date = PythonDateTime(now())?.moment ?? now()
    encoded.dateDone = date
    encoded.dateCreated = date
    return encoded
  }
}
