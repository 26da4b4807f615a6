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
    try await withCatalog { handle, catalog in
      try catalog.taskResults.check(result)
      let statement = TaskResultStatements(catalog).store(result, policy: configuration.storePolicy)
      let size = statement.executionByteCount
      guard size <= catalog.maxAllowedPacket else {
        throw ResultError.resultTooLarge(size: size, limit: catalog.maxAllowedPacket, taskID: result.id)
      }
      try handle.query(statement)
    }
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
