import MariaDBClient

/// A connection for changing tables: without time limits, since that is slow by nature, and without patience for
/// tables that others use.
enum MigrationSession {
  /// How long a statement waits for a table that a transaction uses: whoever comes later waits behind it.
  private static let lockWait = "SET SESSION lock_wait_timeout = 5"
  /// MySQL keeps the sizes of tables for a day; MariaDB does not know the variable.
  private static let freshSizes = "SET SESSION information_schema_stats_expiry = 0"

  /// Opens a connection, lends it, and closes it.
  static func with<Result: Sendable>(
    _ configuration: MariaDBConnection.Configuration,
    _ body: (MariaDBConnection) async throws -> Result
  ) async throws -> Result {
    var configuration = configuration
    configuration.readTimeout = nil
    configuration.queryTimeout = nil
    let connection = try await MariaDBConnection.connect(configuration)
    do {
      try await connection.run { handle in
        try handle.query(text: lockWait)
        _ = try? handle.query(text: freshSizes)
      }
      let result = try await body(connection)
      await connection.close()
      return result
    } catch {
      await connection.close()
      throw error
    }
  }
}
