extension CacheBackend {
  /// Saves a group, as a dictionary with the one key `result`.
  ///
  /// - Throws: `ResultError` when the group cannot be written; or the cache's own error.
  public func saveGroup(_ group: EncodedGroupResult) async throws {
    // What is about to be written is not refused, whatever may be read.
    let reference = try group.reference(acceptContent: [group.contentType])
    let meta: PythonValue = ["result": reference?.celeryValue ?? .null]
    let value = try CacheContent.encode(meta, of: group.id, in: cache)
    try await retrying {
      try await cache.update(groupKey(for: group.id), expiringAfter: expiry) { _ in value }
    }
  }

  /// Reads what is saved about a group; nil when nothing is.
  ///
  /// The cache decides what a group is kept as. It is given as JSON, or where `configuration.acceptContent` has no
  /// JSON as something else that it has.
  ///
  /// - Throws: `ResultError` with code `malformedContent` when what is there is no group; or the cache's own
  ///   error.
  public func groupMeta(for id: TaskID) async throws -> EncodedGroupResult? {
    let values = try await retrying { try await cache.values(for: [groupKey(for: id)]) }
    guard let value = values.first ?? nil else { return nil }
    let meta = try CacheContent.decode(value, of: id, in: cache)
    let accepted = ResultSerializer.all.first { configuration.acceptContent.contains($0.contentType) }
    let serializer = accepted ?? .json
    var group = EncodedGroupResult(id: id)
    group.contentType = serializer.contentType
    group.contentEncoding = serializer.contentEncoding
    group.result = try CacheContent.text(meta["result"] ?? .null, of: id, in: serializer)
    return group
  }

  /// Deletes a saved group, but not the results of its tasks.
  ///
  /// - Throws: `ResultError` with code `unknownGroup` when none of that id is saved; or the cache's own error.
  public func deleteGroup(_ id: TaskID) async throws {
    // Not tried again: done a second time, it would say that there was none.
    guard try await cache.removeValue(for: groupKey(for: id)) else { throw ResultError.unknownGroup(id) }
  }
}
