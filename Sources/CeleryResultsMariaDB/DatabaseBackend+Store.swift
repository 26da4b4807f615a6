public import CeleryResults
import MariaDBClient

extension DatabaseBackend {
  /// Writes a result over what is stored for its task, as `configuration.storePolicy` says: by default SUCCESS
  /// stays.
  ///
  /// When this returns, the result is committed.
  ///
  /// - Throws: `ResultError` with the code `valueTooLong` or `resultTooLarge` before anything is sent;
  ///   `MariaDBError`; `CancellationError`.
  public func store(_ result: EncodedTaskResult) async throws {
    guard let stores else { return try await storeAlone(result) }
    try await stores.run(StoreCall(result), StoreWork(backend: self))
  }

  /// Encodes and stores a result, as soon as fewer than ``BatchingConfiguration/maximumWaiting`` others are being
  /// stored.
  public func store(
    encodedBy encode: (ResultBackendConfiguration) throws -> EncodedTaskResult?
  ) async throws {
    guard let stores, let storeCapacity else { return try await storeAlone(encodedBy: encode) }
    if !storeCapacity.enterAtOnce() { try await storeCapacity.enter() }
    defer { storeCapacity.leave() }
    if let call = try call(encodedBy: encode) { try await stores.run(call, StoreWork(backend: self)) }
  }

  // Of thousands that wait each keeps what its function may need on the way, a result in some copies if it could:
  // results are made in functions that do not wait.

  @inline(never)
  private func call(
    encodedBy encode: (ResultBackendConfiguration) throws -> EncodedTaskResult?
  ) throws -> StoreCall? {
    try encode(configuration).map(StoreCall.init)
  }

  private func storeAlone(
    encodedBy encode: (ResultBackendConfiguration) throws -> EncodedTaskResult?
  ) async throws {
    if let result = try encode(configuration) { try await storeAlone(result) }
  }

  /// Stores a result in a statement of its own.
  ///
  /// - Parameters:
  ///   - result: The result.
  ///   - isUncertain: Whether it may be stored already.
  func storeAlone(_ result: EncodedTaskResult, isUncertain: Bool = false) async throws {
    var isUncertain = isUncertain
    try await retrying {
      do {
        try await runWithCatalog { [isUncertain] handle, catalog in
          try catalog.taskResults.check(result)
          let size = result.packetByteCount
          guard size <= catalog.maxAllowedPacket else {
            throw ResultError.resultTooLarge(size: size, limit: catalog.maxAllowedPacket, taskID: result.id)
          }
          var kind = StoreKind(of: result)
          kind.isUncertain = isUncertain
          let statement = catalog.storeStatement
          try handle.query(statement.one(kind)) { statement.write(result, kind, to: &$0) }
        }
      } catch {
        isUncertain = isUncertain || error.leavesOutcomeUnknown
        throw error
      }
    }
    poller.wake(stored: CollectionOfOne((id: result.id, state: result.state)))
  }

  /// Stores results of different tasks, those that can be in common statements, each committed when this returns.
  ///
  /// - Returns: What became of each, in their order.
  func storeTogether(_ calls: [StoreCall]) async -> [Result<Void, any Error>] {
    var batch = StoreBatch(calls)
    do {
      try await retrying {
        do {
          batch = try await runWithCatalog { [batch] handle, catalog in
            var progress = batch
            try progress.run(handle, catalog)
            return progress
          }
          if let error = batch.interruption { throw error }
        } catch {
          batch.isUncertain = batch.isUncertain || error.leavesOutcomeUnknown
          throw error
        }
      }
    } catch {
      batch.end(.failure(error))
    }
    // Those who wait for any of them share a question.
    poller.wake(stored: calls.lazy.map { (id: $0.result.id, state: $0.result.state) })
    for index in batch.alone where batch.outcomes[index] == nil {
      do {
        try await storeAlone(calls[index].result, isUncertain: batch.isUncertain)
        batch.end(index, .success(()))
      } catch {
        batch.end(index, .failure(error))
      }
    }
    return batch.outcomes.map { $0 ?? .failure(CancellationError()) }
  }

  /// Deletes what is stored about a task, if anything.
  ///
  /// - Throws: `MariaDBError`; `CancellationError`.
  public func forget(_ id: TaskID) async throws {
    try await withCatalog { handle, catalog in
      _ = try handle.query(TaskResultStatements(catalog).forget(id))
    }
  }
}

extension Error {
  /// Whether nobody knows if the statement was done: the connection was lost on the way.
  fileprivate var leavesOutcomeUnknown: Bool {
    (self as? MariaDBError)?.code == .connectionLost
  }
}
