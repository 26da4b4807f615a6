import CeleryResults
import CeleryResultsMariaDB
import Logging
import MariaDBClient

extension ConnectionOptions {
  /// Runs a closure with a backend on the server that was named, and closes its connections.
  ///
  /// - Parameters:
  ///   - waiting: How the command waits for results; nil for one that does not.
  ///   - change: What this command wants otherwise than the settings have it.
  ///   - body: What to do.
  func withBackend(
    waiting: WaitingOptions? = nil,
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
    configuration.pollingInterval = waiting?.interval?.duration
    change(&configuration)
    let followsBinaryLog = try waiting?.followsBinaryLog(settings) ?? false
    let backend = DatabaseBackend(
      client: .init(try connection(settings), pool: .init(maximumConnections: 2)),
      configuration: configuration,
      followsBinaryLog: followsBinaryLog,
      // Who asks to be told by the log is to know where that cannot be.
      logger: logger(atLeast: followsBinaryLog ? .notice : .error)
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
