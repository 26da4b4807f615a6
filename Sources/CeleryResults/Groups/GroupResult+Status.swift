extension GroupResult {
  /// What is stored about all tasks of the group, from one question.
  ///
  /// - Throws: The backend's own error.
  public func status() async throws -> GroupStatus {
    GroupStatus(reference, tasks: try await backend.taskMeta(for: taskIDs))
  }

  /// Whether all tasks have ended: Celery's `ready()`.
  public var isReady: Bool {
    get async throws { try await status().isReady }
  }

  /// Whether all tasks have returned a value: Celery's `successful()`.
  public var isSuccessful: Bool {
    get async throws { try await status().isSuccessful }
  }

  /// Whether any task has raised an exception: Celery's `failed()`.
  public var isFailed: Bool {
    get async throws { try await status().isFailed }
  }

  /// Whether any task has not ended: Celery's `waiting()`.
  public var isWaiting: Bool {
    get async throws { try await status().isWaiting }
  }

  /// How many members have returned a value, a nested group counting as one: Celery's `completed_count()`.
  public var completedCount: Int {
    get async throws { try await status().completedCount }
  }

  /// What came before the group in a chain: Celery's `parent`.
  public var parent: ResultNode? {
    parentReference.map { ResultNode($0, backend: backend) }
  }
}

extension GroupResult {
  /// Saves the group, so that `restoreGroup` finds it by its id: Celery's `save()`.
  ///
  /// - Throws: As `ResultBackend.saveGroup`.
  public func save() async throws {
    try await backend.saveGroup(reference)
  }

  /// Deletes the saved group, but not the results of its tasks: Celery's `delete()`.
  ///
  /// - Throws: `ResultError` with code `unknownGroup` when it is not saved; or the backend's own error.
  public func delete() async throws {
    try await backend.deleteGroup(id)
  }

  /// Deletes what is stored about every task of the group: Celery's `forget()`.
  ///
  /// The saved group stays.
  ///
  /// - Throws: The backend's own error; what was deleted before stays deleted.
  public func forget() async throws {
    for id in taskIDs { try await backend.forget(id) }
  }
}
