import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient

extension ConnectionOptions {
  /// Runs a closure with a backend on the server that was named, and closes its connections.
  ///
  /// - Parameters:
  ///   - change: What this command wants otherwise than the settings have it.
  ///   - body: What to do.
  func withBackend(
    _ change: (inout ResultBackendConfiguration) -> Void = { _ in },
    _ body: (DatabaseBackend) async throws -> Void
  ) async throws {
    let settings = try await settings()
    var configuration = ResultBackendConfiguration(
      resultExpires: try settings.resultExpires(),
      resultExtended: try settings.resultExtended(),
      retryPolicy: try settings.retryPolicy(),
      resultSerializer: try settings.resultSerializer(),
      // Reading executes nothing, whatever is stored.
      acceptContent: Set(ResultSerializer.all.map(\.contentType))
    )
    change(&configuration)
    let backend = DatabaseBackend(
      client: .init(try connection(settings), pool: .init(maximumConnections: 2)),
      configuration: configuration,
      logger: logger()
    )
    do {
      try await body(backend)
    } catch {
      await backend.shutDown()
      throw error
    }
    await backend.shutDown()
  }
}
