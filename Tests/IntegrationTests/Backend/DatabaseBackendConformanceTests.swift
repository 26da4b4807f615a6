import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct DatabaseBackendConformanceTests {
  @Test(arguments: TestServer.all, BackendConformance.checks)
  func `The backend on a database does what every backend must`(
    server: TestServer,
    check: BackendConformance.Check
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      try await check.run { configuration in database.backend(configuration) }
    }
  }
}
