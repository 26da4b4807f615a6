extension ResultBackends: ResultBackend {
  /// The settings of the default backend.
  public var configuration: ResultBackendConfiguration { defaultBackend.configuration }

  /// The backend to which the rules bind the task that `request` names.
  public func backend(for request: TaskRequest?) -> any ResultBackend {
    backend(forTask: request?.name).backend(for: request)
  }

  /// Writes a result into the backend to which the rules bind its task; where it has no name, as without
  /// `resultExtended`, into the default one.
  ///
  /// - Throws: As that backend.
  public func store(_ result: EncodedTaskResult) async throws {
    try await backend(forTask: result.name).store(result)
  }

  /// Reads what is stored about several tasks, in the order of `ids`.
  ///
  /// Where several backends are asked, a result that is ready counts before another, and of two that are not the
  /// newer one: a worker may have stored STARTED without the name of the task, and so in another backend.
  ///
  /// - Throws: As the backends that are asked.
  public func taskMeta(for ids: [TaskID]) async throws -> [TaskResult] {
    var found: [TaskID: TaskResult] = [:]
    for backend in askedBackends {
      let missing = ids.filter { found[$0]?.state.isReady != true }
      if missing.isEmpty { break }
      for (id, meta) in zip(missing, try await backend.taskMeta(for: missing)) where meta.state != .pending {
        if meta.counts(before: found[id]) { found[id] = meta }
      }
    }
    return ids.map { found[$0] ?? .pending($0) }
  }

  /// Deletes what is stored about a task, in all backends: the name that would tell which is not known.
  ///
  /// - Throws: As the backends.
  public func forget(_ id: TaskID) async throws {
    for backend in allBackends { try await backend.forget(id) }
  }

  /// Deletes the tasks and groups that were stored more than `age` ago, in all backends.
  ///
  /// - Throws: As the backends. What was deleted before stays deleted.
  @discardableResult
  public func cleanup(olderThan age: Duration) async throws -> CleanupResult {
    var deleted = CleanupResult(tasks: 0, groups: 0)
    for backend in allBackends {
      deleted += try await backend.cleanup(olderThan: age)
    }
    return deleted
  }

  /// Deletes the tasks and groups that have expired, in each backend as its own settings say.
  ///
  /// - Throws: As the backends. What was deleted before stays deleted.
  @discardableResult
  public func cleanup() async throws -> CleanupResult {
    var deleted = CleanupResult(tasks: 0, groups: 0)
    for backend in allBackends { deleted += try await backend.cleanup() }
    return deleted
  }

  /// Saves a group in the default backend.
  ///
  /// - Throws: As that backend.
  public func saveGroup(_ group: EncodedGroupResult) async throws {
    try await defaultBackend.saveGroup(group)
  }

  /// Reads what is saved about a group; nil when nothing is.
  ///
  /// - Throws: As the backends that are asked.
  public func groupMeta(for id: TaskID) async throws -> EncodedGroupResult? {
    for backend in askedBackends {
      if let group = try await backend.groupMeta(for: id) { return group }
    }
    return nil
  }

  /// Reads the tasks of a saved group, as the settings of the backend say that has it; nil when none has.
  ///
  /// - Throws: As the backends that are asked.
  public func groupReference(for id: TaskID) async throws -> ResultReference? {
    for backend in askedBackends {
      if let reference = try await backend.groupReference(for: id) { return reference }
    }
    return nil
  }

  /// Deletes a saved group from the first backend that has it.
  ///
  /// - Throws: `ResultError` with code `unknownGroup` when none has; or as the backends.
  public func deleteGroup(_ id: TaskID) async throws {
    for backend in askedBackends {
      do {
        return try await backend.deleteGroup(id)
      } catch let error as ResultError where error.code == .unknownGroup {
        continue
      }
    }
    throw ResultError.unknownGroup(id)
  }

  /// All backends in the order in which they are asked: first the one that the task is bound to.
  private var allBackends: [any ResultBackend] {
    let first = firstAsked.flatMap { alternatives[$0] }
    let others = alternatives.filter { $0.key != firstAsked }.sorted { $0.key < $1.key }.map(\.value)
    return [first, defaultBackend].compactMap { $0 } + others
  }

  /// The backends in which a result is looked for.
  var askedBackends: [any ResultBackend] {
    lookup == .anywhere ? allBackends : [defaultBackend]
  }
}

extension TaskResult {
  /// Whether this is to be believed, and not what another backend has of the same task.
  fileprivate func counts(before other: TaskResult?) -> Bool {
    guard let other else { return true }
    guard state.isReady == other.state.isReady else { return state.isReady }
    guard let dateDone, let otherDate = other.dateDone else { return false }
    return dateDone > otherDate
  }
}
