#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// What is kept of a chord, and what becomes of it: the rules that all backends share, as a pure value.
package struct ChordRecord: Hashable, Sendable {
  /// What a call has changed.
  package enum Change: Hashable, Sendable {
    /// Nothing.
    case none
    /// A part was counted.
    case counted
    /// The completion is claimed by the caller.
    case claimed
  }

  /// The header's group, its members as children.
  package var header: ResultReference
  /// What is to be sent.
  package var body: ChordBody?
  /// The parts that were counted here.
  package var notes: [TaskID: ChordNote] = [:]
  /// How many parts Celery's own workers still wait for; nil when one of them, or a claim, has ended the count.
  package var count: Int?
  /// The token of the last claim.
  package var token: String?
  /// When that claim's lease ends.
  package var claimedUntil: Date?
  /// Whether the body was sent.
  package var isClosed = false
  /// When the chord was noted.
  package var dateCreated: Date?

  /// Makes a record of a chord whose parts are yet to come.
  package init(header: ResultReference, body: ChordBody?, count: Int?, dateCreated: Date? = nil) {
    self.header = header
    self.body = body
    self.count = count
    self.dateCreated = dateCreated
  }

  /// The parts, each once, in the header's order.
  package var parts: [TaskID] {
    var seen: Set<TaskID> = []
    return header.taskIDs.filter { seen.insert($0).inserted }
  }

  /// The parts that were not counted: of these it has to be asked whether their results are stored.
  package var partsToAskFor: [TaskID] { parts.filter { notes[$0] == nil } }

  /// Whether the completion can be claimed without a look at the parts: it was claimed before.
  package func hasFreeClaim(for claim: ChordClaim, at now: Date) -> Bool {
    guard !isClosed, count == nil, let token, let claimedUntil else { return false }
    return token == claim.token || claimedUntil <= now
  }

  /// Counts a part, and claims the completion when it was the last.
  ///
  /// - Parameters:
  ///   - part: The part.
  ///   - ready: Those of ``partsToAskFor`` and of the part itself whose results are stored.
  ///   - claim: Who claims.
  ///   - now: The time, by the clock that leases go by.
  package mutating func count(
    _ part: ChordPart,
    ready: Set<TaskID>,
    claim: ChordClaim,
    at now: Date
  ) -> Change {
    guard part.state.isReady, !isClosed else { return .none }
    guard let count else { return claimAgain(claim, at: now) }
    var change = Change.none
    if body == nil, let stated = part.body {
      body = stated
      change = .counted
    }
    if notes[part.id] == nil {
      notes[part.id] = ready.contains(part.id) ? .withResult : .withoutResult(part.state)
      // A part that was delivered to a Python worker as well has been counted there: never count so far that
      // one of them takes a part for the last that is not.
      self.count = max(count - 1, min(count, partsToAskFor.count { !ready.contains($0) }))
      change = .counted
    }
    return claimWhenComplete(ready: ready, claim: claim, at: now) == .claimed ? .claimed : change
  }

  /// Claims the completion of a chord that is complete, and was either never claimed or not closed in time.
  package mutating func claimWhenComplete(ready: Set<TaskID>, claim: ChordClaim, at now: Date) -> Change {
    guard !isClosed else { return .none }
    guard count != nil else { return claimAgain(claim, at: now) }
    guard partsToAskFor.allSatisfy(ready.contains) else { return .none }
    count = nil
    return take(claim, at: now)
  }

  /// Counts a part where there is nowhere to note it, and completes the chord when it was the last.
  ///
  /// Then nothing tells a part without a stored result that is delivered twice from two parts: such parts are
  /// counted as Celery counts them.
  package mutating func countWithoutNotes(_ part: ChordPart, ready: Set<TaskID>) -> Change {
    guard part.state.isReady, let count else { return .none }
    let missing = parts.count { !ready.contains($0) }
    if ready.contains(part.id) {
      self.count = max(count - 1, min(count, missing))
    } else {
      notes[part.id] = .withoutResult(part.state)
      self.count = max(count - 1, 0)
    }
    guard missing == 0 || self.count == 0 else { return .counted }
    self.count = nil
    if body == nil { body = part.body }
    return .claimed
  }

  private mutating func claimAgain(_ claim: ChordClaim, at now: Date) -> Change {
    hasFreeClaim(for: claim, at: now) ? take(claim, at: now) : .none
  }

  private mutating func take(_ claim: ChordClaim, at now: Date) -> Change {
    token = claim.token
    claimedUntil = now.addingTimeInterval(claim.lease / .seconds(1))
    return .claimed
  }

  /// How far the chord has come.
  ///
  /// - Parameters:
  ///   - ready: Those of ``partsToAskFor`` whose results are stored.
  ///   - now: The time, by the clock that leases go by.
  package func status(ready: Set<TaskID>, at now: Date) -> ChordStatus {
    let missing = partsToAskFor.count { !ready.contains($0) }
    let phase: ChordStatus.Phase
    if let claimedUntil {
      phase = claimedUntil <= now ? .leaseExpired(since: claimedUntil) : .claimed(until: claimedUntil)
    } else if count == nil {
      phase = .countedElsewhere
    } else {
      phase = missing == 0 ? .complete : .open
    }
    return ChordStatus(
      group: header.id,
      body: body,
      partCount: parts.count,
      readyCount: parts.count - missing,
      phase: phase,
      dateCreated: dateCreated
    )
  }
}
