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
    if let stores {
      try await stores.run(
        StoreRequest(result: result),
        alone: { try await storeAlone($0.result) },
        together: { [self] requests in await storeTogether(requests.map(\.result)) }
      )
    } else {
      try await storeAlone(result)
    }
    poller.wake(for: result)
  }

  /// Stores a result in a statement of its own.
  func storeAlone(_ result: EncodedTaskResult) async throws {
    try await withCatalog { handle, catalog in
      try catalog.taskResults.check(result)
      let statement = catalog.storeStatement.one(result)
      let size = statement.executionByteCount
      guard size <= catalog.maxAllowedPacket else {
        throw ResultError.resultTooLarge(size: size, limit: catalog.maxAllowedPacket, taskID: result.id)
      }
      try handle.query(statement)
    }
  }

  /// Stores results of different tasks, those that can be in common statements, each committed when this returns.
  ///
  /// - Returns: What became of each, in their order.
  func storeTogether(_ results: [EncodedTaskResult]) async -> [Result<Void, any Error>] {
    var batch = StoreBatch(results)
    do {
      try await retrying {
        batch = try await runWithCatalog { [batch] handle, catalog in
          var progress = batch
          try progress.run(handle, catalog)
          return progress
        }
        if let error = batch.interruption { throw error }
      }
    } catch {
      batch.end(.failure(error))
    }
    for index in batch.alone where batch.outcomes[index] == nil {
      do {
        try await storeAlone(results[index])
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
