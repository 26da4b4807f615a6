import CeleryResults
import TestSupport
import Testing

@Test(arguments: BackendConformance.checks)
func `the backend in memory does what every backend must`(check: BackendConformance.Check) async throws {
  try await check.run { configuration in InMemoryBackend(configuration: configuration) }
}
