/// Keeps results in a cache, as Celery's own backends for caches do.
///
/// A result is one dictionary under one key, `celery-task-meta-` and the task's id, with the keys that Celery
/// writes; a group is under `celery-taskset-meta-` and its id. They expire by themselves, after
/// `configuration.resultExpires`.
///
/// ```swift
/// let backend = CacheBackend(InProcessCache())
/// try await backend.markAsDone("7e3c0c4e", result: 42)
/// ```
///
/// What a cache does not keep, and the tables do: `dateCreated` and `dateStarted`, `dateDone` of a state that is
/// not ready, and a list of results. What values are written as is the cache's own (`ResultCache.contentType`),
/// whatever `configuration.resultSerializer` and `acceptContent` say. Chords are not counted in it: Celery counts
/// those of such a backend with a task of its own, `chord_unlock`.
///
/// Source: `celery.backends.base.KeyValueStoreBackend`.
public struct CacheBackend: ResultBackend {
  /// The settings that all backends share.
  public let configuration: ResultBackendConfiguration
  /// Where the results are.
  public let cache: any ResultCache
  /// What every key begins with.
  let keyPrefix: String

  /// Makes a backend on a cache.
  ///
  /// - Parameters:
  ///   - cache: Where the results are.
  ///   - configuration: The settings that all backends share. A `resultExpires` of nil or zero keeps results for
  ///     as long as the cache can.
  ///   - globalKeyPrefix: What every key begins with: `global_keyprefix` in Celery's
  ///     `result_backend_transport_options`. As there, an underscore follows unless it ends with `:`, `_`, `-`
  ///     or `.`.
  public init(
    _ cache: any ResultCache,
    configuration: ResultBackendConfiguration = ResultBackendConfiguration(),
    globalKeyPrefix: String = ""
  ) {
    self.configuration = configuration
    self.cache = cache
    let ends = globalKeyPrefix.last.map { ":_-.".contains($0) } ?? true
    keyPrefix = ends ? globalKeyPrefix : globalKeyPrefix + "_"
  }

  /// Stores a result, as `configuration.storePolicy` says: what is there is looked at and replaced in one step.
  ///
  /// What is there and no result is replaced. What cannot be read may be a SUCCESS, and is replaced only by one,
  /// or where the last write wins.
  ///
  /// - Throws: `ResultError` when the result cannot be written or is too large, or with code `malformedContent` when
  ///   what is there cannot be read; or the cache's own error.
  public func store(_ result: EncodedTaskResult) async throws {
    try await retrying {
      try await cache.update(key(for: result.id), expiringAfter: expiry) { try value(of: result, over: $0) }
    }
  }

  /// What is kept when a result comes to a key; nil to leave what is there.
  private func value(of result: EncodedTaskResult, over stored: [UInt8]?) throws(ResultError) -> [UInt8]? {
    let isProtecting = configuration.storePolicy == .protectsSuccess
    var known: CacheMeta?
    do throws(ResultError) {
      if let stored { known = CacheMeta(value: try CacheContent.value(stored, of: result.id, in: cache)) }
    } catch {
      guard result.state == .success || !isProtecting else { throw error }
    }
    var merged = result
    if let stored = known?.known(of: result.id) {
      merged = result.merged(over: stored, policy: configuration.storePolicy)
      if merged == stored { return nil }
    }
    let new = try CacheMeta(
      merged,
      extended: configuration.resultExtended,
      keeping: isProtecting ? known : nil
    )
    return try CacheContent.encode(.object(new.object), of: result.id, in: cache)
  }

  /// Reads what is stored about several tasks with one question, in the order of `ids`.
  ///
  /// What is there of a task and is no result is an error. Among several tasks it counts as FAILURE, and its `result`
  /// throws that error: what the cache holds of the others can be read.
  ///
  /// - Throws: `ResultError` with code `malformedContent` when what is there of the only task is no result; or the
  ///   cache's own error.
  public func taskMeta(for ids: [TaskID]) async throws -> [TaskResult] {
    try await results(of: ids, isOnlyOne: ids.count == 1)
  }

  /// The same, of some of the tasks that somebody asks for.
  ///
  /// - Parameters:
  ///   - ids: The tasks.
  ///   - isOnlyOne: Whether it is the only task that is asked for.
  func results(of ids: [TaskID], isOnlyOne: Bool) async throws -> [TaskResult] {
    guard !ids.isEmpty else { return [] }
    let values = try await retrying { try await cache.values(for: ids.map(key)) }
    return try zip(ids, values).map { id, value throws(ResultError) in
      guard let value else { return .pending(id) }
      do throws(ResultError) {
        let meta = CacheMeta(object: try CacheContent.decode(value, of: id, in: cache))
        return try meta.taskResult(for: id)
      } catch {
        guard !isOnlyOne else { throw error }
        let failed = EncodedTaskResult(id: id, state: .failure)
        return TaskResult(failed, content: .failure(error), args: nil, kwargs: nil)
      }
    }
  }

  /// Deletes what is stored about a task, if anything.
  ///
  /// - Throws: The cache's own error.
  public func forget(_ id: TaskID) async throws {
    _ = try await retrying { try await cache.removeValue(for: key(for: id)) }
  }

  /// Deletes what has expired, where the cache does not do that by itself; `age` counts for nothing, as each
  /// value expires at its own time.
  ///
  /// - Returns: How many values were deleted: all are counted as tasks.
  /// - Throws: The cache's own error.
  @discardableResult
  public func cleanup(olderThan age: Duration) async throws -> CleanupResult {
    CleanupResult(tasks: try await cache.removeExpired(), groups: 0)
  }

  /// The key of a task's result: Celery's `get_key_for_task`.
  public func key(for id: TaskID) -> String {
    "\(keyPrefix)celery-task-meta-\(id)"
  }

  /// The key of a group: Celery's `get_key_for_group`.
  public func groupKey(for id: TaskID) -> String {
    "\(keyPrefix)celery-taskset-meta-\(id)"
  }

  /// After what time a value expires; nil for never.
  var expiry: Duration? {
    configuration.resultExpires.flatMap { $0 > .zero ? min($0, .longest) : nil }
  }
}
