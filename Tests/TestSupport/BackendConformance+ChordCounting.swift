import CeleryResults
import Testing

extension BackendConformance {
  static let chordCountingChecks: [ChordCheck] = [
    ChordCheck("the last part completes a chord, with the values in the header's order") { backend in
      let chord = try await CheckedChord(backend, parts: 3)
      #expect(try await chord.deliver(2) == nil)
      #expect(try await chord.deliver(0) == nil)
      let completion = try #require(try await chord.deliver(1))
      #expect(completion.group == chord.group)
      #expect(completion.body == chord.body)
      #expect(completion.outcome == .values([0, 1, 2]))
      #expect(try await completion.close())
      #expect(try await chord.status() == nil)
    },
    ChordCheck("a part that is delivered again is not counted again") { backend in
      let chord = try await CheckedChord(backend, parts: 3)
      for number in [0, 0, 1, 0, 1] { #expect(try await chord.deliver(number) == nil) }
      #expect(try await chord.status()?.readyCount == 2)
      let completion = try #require(try await chord.deliver(2))
      for number in [0, 1, 2] { #expect(try await chord.deliver(number) == nil) }
      #expect(try await completion.close())
      for number in [0, 1, 2] { #expect(try await chord.deliver(number) == nil) }
      #expect(try await chord.claimCompleted().isEmpty)
    },
    ChordCheck("of many callers at the same moment one gets the completion") { backend in
      for _ in 0..<5 {
        let chord = try await CheckedChord(backend, parts: 4)
        let completions = try await withThrowingTaskGroup(of: ChordCompletion?.self) { group in
          for number in [0, 1, 2, 3, 3, 2, 1, 0] {
            group.addTask { try await chord.deliver(number) }
          }
          return try await group.reduce(into: 0) { $0 += $1 == nil ? 0 : 1 }
        }
        #expect(completions == 1)
      }
    },
    ChordCheck("a part that was stored and never counted is found by another part") { backend in
      let chord = try await CheckedChord(backend, parts: 3)
      try await chord.store(0)
      #expect(try await chord.deliver(1) == nil)
      #expect(try await chord.deliver(2)?.outcome == .values([0, 1, 2]))
    },
    ChordCheck("a last part that was stored and never counted is found by who looks for it") { backend in
      let chord = try await CheckedChord(backend, parts: 2)
      #expect(try await chord.deliver(0) == nil)
      #expect(try await chord.claimCompleted().isEmpty)
      try await chord.store(1)
      #expect(try await chord.status()?.phase == .complete)
      let completions = try await chord.claimCompleted()
      #expect(completions.map(\.outcome) == [.values([0, 1])])
      #expect(completions.map(\.body) == [chord.body])
      #expect(try await chord.deliver(1) == nil)
    },
    ChordCheck("a part whose result is not stored is counted once, by its id") { backend in
      let chord = try await CheckedChord(backend, parts: 3)
      #expect(try await chord.count(0) == nil)
      #expect(try await chord.count(0) == nil)
      #expect(try await chord.deliver(1) == nil)
      #expect(try await chord.status()?.readyCount == 2)
      #expect(try await chord.count(2)?.outcome == .values([.null, 1, .null]))
    },
    ChordCheck("an unknown group and a part that has not ended change nothing") { backend in
      let chord = try await CheckedChord(backend, parts: 1)
      try await backend.markAsStarted(chord.parts[0])
      #expect(try await chord.count(0, state: .started) == nil)
      #expect(try await chord.count(0, state: .retry) == nil)
      #expect(try await chord.status()?.readyCount == 0)
      let nobody = TaskID(uniqueName("nobody"))
      #expect(try await backend.onChordPartReturn(chord.parts[0], of: nobody, state: .success) == nil)
      #expect(try await chord.deliver(0) != nil)
    },
    ChordCheck("a chord that is noted twice is one, and a header without parts is refused") { backend in
      let chord = try await CheckedChord(backend, parts: 2)
      #expect(try await chord.deliver(0) == nil)
      try await backend.applyChord(of: chord.group, parts: chord.parts, body: ChordBody(task: "other"))
      #expect(try await chord.deliver(1)?.body == chord.body)
      let error = await #expect(throws: ResultError.self) {
        try await backend.applyChord(of: TaskID(uniqueName("empty")), parts: [], body: chord.body)
      }
      #expect(error?.code == .invalidChord)
    },
  ]
}
