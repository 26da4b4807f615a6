#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Synchronization

extension InMemoryBackend: ChordBackend {
  /// Notes a chord before its parts are sent.
  public func applyChord(_ header: ResultReference, body: ChordBody) async throws {
    let now = configuration.now()
    let record = ChordRecord(header: header, body: body, count: 0, dateCreated: now)
    try record.checkHeader()
    state.withLock { state in
      guard state.chords[header.id] == nil else { return }
      state.chords[header.id] = record
      state.chords[header.id]?.count = body.chordSize ?? record.parts.count
      state.chordOrder.append(header.id)
    }
  }

  /// Counts a part that has ended, and claims the completion when it was the last.
  public func onChordPartReturn(_ part: ChordPart, claim: ChordClaim) async throws -> ChordCompletion? {
    change(part.group, claim) { record, ready, now in
      record.count(part, ready: ready, claim: claim, at: now)
    }
  }

  /// Claims chords that are complete and that nobody sends the body of.
  public func claimCompletedChords(limit: Int, claim: ChordClaim) async throws -> [ChordCompletion] {
    var completions: [ChordCompletion] = []
    for group in state.withLock({ $0.chordOrder }) where completions.count < limit {
      let completion = change(group, claim) { record, ready, now in
        record.claimWhenComplete(ready: ready, claim: claim, at: now)
      }
      if let completion { completions.append(completion) }
    }
    return completions
  }

  private func change(
    _ group: TaskID,
    _ claim: ChordClaim,
    _ body: (inout ChordRecord, Set<TaskID>, Date) -> ChordRecord.Change
  ) -> ChordCompletion? {
    let now = configuration.now()
    return state.withLock { state in
      guard var record = state.chords[group] else { return nil }
      let change = body(&record, state.readyTasks, now)
      state.chords[group] = record
      guard change == .claimed else { return nil }
      let results = record.parts.compactMap { part in
        state.rows[part].map { TaskResult($0.result, acceptContent: configuration.acceptContent) }
      }
      return ChordCompletion(
        group: group,
        body: record.body,
        outcome: ChordOutcome(
          of: record.header.children ?? [],
          results: Dictionary(results.map { ($0.id, $0) }) { first, _ in first },
          notes: record.notes
        ),
        leasedUntil: record.claimedUntil,
        token: claim.token,
        backend: self
      )
    }
  }

  /// Notes that the body of a chord was sent.
  public func closeChord(_ group: TaskID, claimedBy token: String) async throws -> Bool {
    state.withLock { state in
      guard state.chords[group]?.token == token else { return false }
      state.chords[group]?.isClosed = true
      return true
    }
  }

  /// Reads the chords that are not closed, the oldest first.
  public func listChords(limit: Int, after cursor: ChordCursor?) async throws -> ChordPage {
    guard limit > 0 else { return ChordPage(chords: []) }
    let now = configuration.now()
    return state.withLock { state in
      let start = cursor.map { Int(max($0.rowID, 0)) } ?? 0
      var page = ChordPage(chords: [])
      for (position, group) in state.chordOrder.enumerated().dropFirst(start) {
        guard let record = state.chords[group], !record.isClosed else { continue }
        if page.chords.count == limit { return page }
        page.chords.append(record.status(ready: state.readyTasks, at: now))
        page.next = ChordCursor(rowID: Int64(position + 1))
      }
      page.next = nil
      return page
    }
  }
}

extension InMemoryBackend.State {
  /// The tasks that are ready by their stored results.
  fileprivate var readyTasks: Set<TaskID> {
    Set(rows.lazy.filter { $0.value.result.state.isReady }.map(\.key))
  }
}

extension ChordRecord {
  /// Refuses a header without parts: nobody would ever complete it.
  package func checkHeader() throws(ResultError) {
    guard parts.isEmpty || header.children == nil else { return }
    throw ResultError(
      .invalidChord,
      taskID: header.id,
      message: "the header of a chord is a group with at least one task. Send the body at once instead."
    )
  }
}
