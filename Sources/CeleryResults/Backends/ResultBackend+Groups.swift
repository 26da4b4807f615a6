extension ResultBackend {
  /// Saves a group, so that it can be restored by its id: Celery's `save_group`.
  ///
  /// - Throws: `ResultError` when the id is too long or the group too large, before anything is written; or the
  ///   backend's own error.
  public func saveGroup(_ group: ResultReference) async throws {
    try await saveGroup(try configuration.encode(group))
  }

  /// Restores a group that was saved: Celery's `restore_group`.
  ///
  /// - Parameters:
  ///   - id: The id of the group.
  ///   - type: What each member returns.
  /// - Returns: The group, or nil when none of that id is saved.
  /// - Throws: `ResultError` when what is saved cannot be read; or the backend's own error.
  public func restoreGroup<Value>(
    _ id: TaskID,
    as type: Value.Type = Value.self
  ) async throws -> GroupResult<Value>? {
    guard let reference = try await groupReference(for: id) else { return nil }
    return GroupResult(reference: reference, backend: self)
  }

  /// Reads the tasks of a saved group; nil when none of that id is saved.
  ///
  /// - Throws: `ResultError` when what is saved cannot be read; or the backend's own error.
  public func groupReference(for id: TaskID) async throws -> ResultReference? {
    try await groupMeta(for: id)?.reference(acceptContent: configuration.acceptContent)
  }
}

extension ResultError {
  /// A group that is not saved.
  ///
  /// - Parameter id: The id of the group.
  public static func unknownGroup(_ id: TaskID) -> ResultError {
    ResultError(.unknownGroup, message: "Group \(id): it is not saved.")
  }
}
