import CeleryResultsMariaDB
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct DatabaseChordConformanceTests {
  @Test(arguments: TestServer.all, BackendConformance.chordChecks)
  func `Chords in a database run as chords must`(
    server: TestServer,
    check: BackendConformance.ChordCheck
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      try await check.run { backend }
      await backend.shutDown()
    }
  }
}
