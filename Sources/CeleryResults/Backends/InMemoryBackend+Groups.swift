import Synchronization

extension InMemoryBackend {
  /// Saves a group.
  public func saveGroup(_ group: EncodedGroupResult) async throws {
    state.withLock { state in
      var group = group
      group.dateCreated = state.groups[group.id]?.dateCreated ?? group.dateCreated
      state.groups[group.id] = group
    }
  }

  /// Reads what is saved about a group; nil when nothing is.
  public func groupMeta(for id: TaskID) async throws -> EncodedGroupResult? {
    state.withLock { $0.groups[id] }
  }

  /// Deletes a saved group.
  ///
  /// - Throws: `ResultError` with code `unknownGroup` when none of that id is saved.
  public func deleteGroup(_ id: TaskID) async throws {
    guard state.withLock({ $0.groups.removeValue(forKey: id) }) != nil else {
      throw ResultError.unknownGroup(id)
    }
  }
}
