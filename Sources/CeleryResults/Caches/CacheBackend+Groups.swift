extension CacheBackend {
  /// Saves a group, as a dictionary with the one key `result`.
  ///
  /// - Throws: `ResultError` when the group cannot be written; or the cache's own error.
  public func saveGroup(_ group: EncodedGroupResult) async throws {
    let reference = try group.reference()
    let meta: PythonValue = ["result": reference?.celeryValue ?? .null]
    let value = try CacheContent.encode(meta, of: group.id, in: cache)
    try await cache.update(groupKey(for: group.id), expiringAfter: expiry) { _ in value }
  }

  /// Reads what is saved about a group; nil when nothing is.
  ///
  /// - Throws: `ResultError` with code `malformedContent` when what is there is no group; or the cache's own
  ///   error.
  public func groupMeta(for id: TaskID) async throws -> EncodedGroupResult? {
    guard let value = try await cache.values(for: [groupKey(for: id)]).first ?? nil else { return nil }
    let meta = try CacheContent.decode(value, of: id, in: cache)
    var group = EncodedGroupResult(id: id)
    group.result = try CacheContent.text(meta["result"] ?? .null, of: id)
    return group
  }

  /// Deletes a saved group, but not the results of its tasks.
  ///
  /// - Throws: `ResultError` with code `unknownGroup` when none of that id is saved; or the cache's own error.
  public func deleteGroup(_ id: TaskID) async throws {
    guard try await cache.removeValue(for: groupKey(for: id)) else { throw ResultError.unknownGroup(id) }
  }
}
