import CeleryResults
import TestSupport
import Testing

struct InMemoryChordTests {
  @Test(arguments: BackendConformance.chordChecks)
  func `Chords in memory run as chords must`(check: BackendConformance.ChordCheck) async throws {
    try await check.run { InMemoryBackend() }
  }
}
