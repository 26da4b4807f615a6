import MariaDBClient

extension DjangoDatabaseCache {
  /// Whether the connection was lost or refused, the server takes no writes, or others had the locks.
  public func isTransient(_ error: any Error) -> Bool {
    RetryCondition.idempotent.allows(error)
  }

  /// Runs a unit of work on a connection, which is not kept when it turns out to be to a server whose turn it is
  /// not: the next one may reach another.
  func run<Result: Sendable>(
    _ body: @Sendable (ConnectionHandle) throws -> Result
  ) async throws -> Result {
    try await client.run { handle in
      do {
        return try body(handle)
      } catch let error as MariaDBError where error.isOfAnotherServersTurn {
        handle.close()
        throw error
      }
    }
  }
}
