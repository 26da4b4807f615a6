extension EncodedGroupResult {
  /// Decodes the group with its parent and its members; nil when none is stored, as in a row that was made by
  /// hand.
  ///
  /// - Throws: `ResultError` with code `unsupportedContentType` or `malformedContent`.
  public func reference() throws(ResultError) -> ResultReference? {
    let value = try decodeContent()
    guard !value.isFalse else { return nil }
    guard let reference = ResultReference(celeryValue: value), reference.isGroup else {
      throw ResultError(.malformedContent, message: "Group \(id): its result column holds no group.")
    }
    return reference
  }

  private func decodeContent() throws(ResultError) -> PythonValue {
    guard let result, !result.isEmpty else { return .null }
    guard contentType == .json, contentEncoding != .binary else {
      throw ResultError(
        .unsupportedContentType,
        message: "Group \(id): it is stored as \(contentType), \(contentEncoding); "
          + "\(ContentType.json), \(ContentEncoding.utf8) can be read. Set result_serializer = 'json' in Celery."
      )
    }
    do {
      return try PythonJSON.decode(result)
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
    do {
      encoded.result = try PythonJSON.encode(group.celeryValue)
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
