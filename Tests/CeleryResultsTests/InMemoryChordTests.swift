import CeleryResults
import Synchronization
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct InMemoryChordTests {
  @Test(arguments: BackendConformance.chordChecks)
  func `Chords in memory run as chords must`(check: BackendConformance.ChordCheck) async throws {
    try await check.run { InMemoryBackend() }
  }

  @Test func `The parts of a chord stay until its body is sent, or it is given up`() async throws {
    let clock = Mutex(Date(timeIntervalSince1970: 0))
    let backend = InMemoryBackend(configuration: .init(now: { clock.withLock { $0 } }))
    for group: TaskID in ["complete", "open"] {
      try await backend.applyChord(
        of: group,
        parts: [TaskID("\(group)-1"), TaskID("\(group)-2")],
        body: ChordBody(task: "t")
      )
    }
    for part: TaskID in ["complete-1", "complete-2", "open-1"] {
      try await backend.markAsDone(part, result: 1)
    }
    clock.withLock { $0 += 200 }
    #expect(try await backend.cleanup(olderThan: .seconds(100)).tasks == 1)
    let completion = try #require(try await backend.claimCompletedChords(lease: .zero).first)
    #expect(completion.outcome == .values([1, 1]))
    #expect(try await backend.cleanup(olderThan: .seconds(100)).tasks == 0)
    #expect(try await completion.close())
    #expect(try await backend.cleanup(olderThan: .seconds(100)).tasks == 2)
  }
}
