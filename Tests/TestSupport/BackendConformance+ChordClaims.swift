import CeleryResults
import Testing

extension BackendConformance {
  static let chordClaimChecks: [ChordCheck] = [
    ChordCheck("a claim that is not closed can be claimed again after its lease, with the same body") {
      backend in
      let chord = try await CheckedChord(backend, parts: 2)
      #expect(try await chord.deliver(0) == nil)
      let lost = try #require(try await chord.deliver(1, claim: ChordClaim(lease: .zero)))
      guard case .leaseExpired = try await chord.status()?.phase else {
        Issue.record("the lease has not ended")
        return
      }
      let again = try #require(try await chord.count(0))
      #expect(again.body?.taskID == lost.body?.taskID)
      #expect(again.outcome == lost.outcome)
      #expect(try await lost.close() == false)
      guard case .claimed = try await chord.status()?.phase else {
        Issue.record("whoever came too late has closed it")
        return
      }
      #expect(try await again.close())
    },
    ChordCheck("whoever looks for expired claims finds each of them once") { backend in
      let chord = try await CheckedChord(backend, parts: 1)
      #expect(try await chord.deliver(0, claim: ChordClaim(lease: .zero)) != nil)
      let claimed = try await chord.claimCompleted()
      #expect(claimed.map(\.outcome) == [.values([0])])
      #expect(try await chord.claimCompleted().isEmpty)
      #expect(try await claimed.first?.close() == true)
      #expect(try await chord.claimCompleted().isEmpty)
    },
    ChordCheck("a claim within its lease is nobody else's") { backend in
      let chord = try await CheckedChord(backend, parts: 1)
      let completion = try #require(try await chord.deliver(0))
      #expect(try await chord.deliver(0) == nil)
      #expect(try await chord.claimCompleted().isEmpty)
      guard case .claimed(let date) = try await chord.status()?.phase else {
        Issue.record("it is not listed as claimed")
        return
      }
      // What the caller is told is never later than what is kept.
      #expect(try #require(completion.leasedUntil) <= date)
    },
    ChordCheck("the same claim gets the same completion again, and closes it again") { backend in
      let chord = try await CheckedChord(backend, parts: 1)
      let claim = ChordClaim()
      let first = try #require(try await chord.deliver(0, claim: claim))
      let second = try #require(try await chord.deliver(0, claim: claim))
      #expect(first.outcome == second.outcome)
      #expect(first.body == second.body)
      #expect(try await first.close())
      #expect(try await second.close())
      #expect(try await chord.deliver(0, claim: claim) == nil)
    },
    ChordCheck("an expired claim that nobody has taken over can still be closed") { backend in
      let chord = try await CheckedChord(backend, parts: 1)
      let completion = try #require(try await chord.deliver(0, claim: ChordClaim(lease: .zero)))
      #expect(try await completion.close())
      #expect(try await chord.claimCompleted().isEmpty)
    },
    ChordCheck("chords are listed in pages, each once") { backend in
      var groups: [TaskID] = []
      for _ in 0..<5 { groups.append(try await CheckedChord(backend, parts: 2).group) }
      var listed: [TaskID] = []
      var cursor: ChordCursor?
      repeat {
        let page = try await backend.listChords(limit: 2, after: cursor)
        #expect(page.chords.count <= 2)
        listed += page.chords.map(\.group)
        cursor = page.next
        if let cursor { #expect(ChordCursor(cursor.description) == cursor) }
      } while cursor != nil
      #expect(listed.filter(groups.contains) == groups)
    },
    ChordCheck("a page of no chords is the last one") { backend in
      _ = try await CheckedChord(backend, parts: 1)
      for limit in [0, -1] {
        for cursor in [nil, ChordCursor(rowID: 0), ChordCursor(rowID: -1)] {
          let page = try await backend.listChords(limit: limit, after: cursor)
          #expect(page.chords.isEmpty && page.next == nil)
        }
      }
      #expect(try await backend.listChords(limit: 9, after: ChordCursor(rowID: -1)).chords.count == 1)
    },
  ]
}
