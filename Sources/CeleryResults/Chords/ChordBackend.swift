/// A backend on which chords run: a group of tasks, the header, and a task that is sent when all of them are
/// ready, the body.
///
/// A part that is delivered twice, two last parts at the same moment and a worker that is killed anywhere
/// neither lose the completion nor report it twice. Which parts are ready is told by their stored results, so
/// counting a part again changes nothing. The completion is claimed once, for the time of a lease, and closed
/// when the body is sent; a claim that is not closed can be claimed again, and the body keeps its task id.
///
/// ```swift
/// try await backend.applyChord(of: group, parts: parts, body: body)
/// // In the worker, when the result of a part is stored:
/// if let completion = try await backend.onChordPartReturn(part, of: group, state: .success) {
///   send(completion)
///   try await completion.close()
/// }
/// ```
///
/// Source: `apply_chord` and `on_chord_part_return` of `celery.backends.base.Backend`.
public protocol ChordBackend: ResultBackend {
  /// Notes a chord before its parts are sent: Celery's `apply_chord`.
  ///
  /// A chord that is noted already stays as it is.
  ///
  /// - Parameters:
  ///   - header: The group of the parts; its members are tasks, or groups of tasks.
  ///   - body: What is sent when all parts are ready.
  /// - Throws: `ResultError` with the code `valueTooLong` for the group's id, or `invalidChord` where the header
  ///   has no part; or the backend's own error.
  func applyChord(_ header: ResultReference, body: ChordBody) async throws

  /// Counts a part that has ended, and claims the completion when it was the last: Celery's
  /// `on_chord_part_return`.
  ///
  /// Call it when the part's result is stored, and again when the part is delivered again. A chord that nobody
  /// knows, and a state that is not ready, change nothing.
  ///
  /// - Parameters:
  ///   - part: The part.
  ///   - claim: Who claims, and for how long.
  /// - Returns: The completion, for one caller among all; nil for the others.
  /// - Throws: The backend's own error. Calling it again with the same claim is safe, and returns the same
  ///   completion if it was this claim's.
  func onChordPartReturn(_ part: ChordPart, claim: ChordClaim) async throws -> ChordCompletion?

  /// Claims chords that are complete and that nobody sends the body of: their claim was not closed in time, or
  /// the worker that should have counted the last part was killed.
  ///
  /// - Parameters:
  ///   - limit: How many at most.
  ///   - claim: Who claims, and for how long.
  /// - Throws: The backend's own error, where nothing was claimed.
  func claimCompletedChords(limit: Int, claim: ChordClaim) async throws -> [ChordCompletion]

  /// Notes that the body of a chord was sent.
  ///
  /// - Parameters:
  ///   - group: The header's group.
  ///   - token: The claim's token.
  /// - Returns: False when the lease had ended and somebody else has claimed the completion; true when it is
  ///   closed by this claim, now or before.
  /// - Throws: The backend's own error.
  func closeChord(_ group: TaskID, claimedBy token: String) async throws -> Bool

  /// Reads the chords that are not closed, the oldest first.
  ///
  /// - Parameters:
  ///   - limit: How many at most; below 1 the page is empty and the last one.
  ///   - cursor: The last chord that was read before; nil to begin.
  /// - Throws: The backend's own error.
  func listChords(limit: Int, after cursor: ChordCursor?) async throws -> ChordPage
}

extension ChordBackend {
  /// Notes a chord before its parts are sent.
  ///
  /// - Parameters:
  ///   - group: The id of the header's group.
  ///   - parts: The tasks of the header, in their order.
  ///   - body: What is sent when all parts are ready.
  /// - Throws: As `applyChord(_:body:)`.
  public func applyChord(of group: TaskID, parts: [TaskID], body: ChordBody) async throws {
    try await applyChord(ResultReference(group, children: parts.map { ResultReference($0) }), body: body)
  }

  /// Counts a part that has ended, and claims the completion when it was the last.
  ///
  /// - Parameters:
  ///   - part: The task.
  ///   - group: The header's group, which Celery's message has under `group`.
  ///   - state: The state that the part ended in.
  ///   - body: The body, which Celery's message has under `chord`: for chords that a Python worker has made.
  ///   - lease: How long the completion is this caller's alone.
  /// - Returns: The completion, for one caller among all; nil for the others.
  /// - Throws: As `onChordPartReturn(_:claim:)`.
  public func onChordPartReturn(
    _ part: TaskID,
    of group: TaskID,
    state: TaskState,
    body: ChordBody? = nil,
    lease: Duration = ChordClaim.standardLease
  ) async throws -> ChordCompletion? {
    try await onChordPartReturn(
      ChordPart(id: part, group: group, state: state, body: body),
      claim: ChordClaim(lease: lease)
    )
  }

  /// Claims chords that are complete and that nobody sends the body of.
  ///
  /// - Parameters:
  ///   - limit: How many at most.
  ///   - lease: How long the completions are this caller's alone.
  /// - Throws: The backend's own error.
  public func claimCompletedChords(
    limit: Int = 100,
    lease: Duration = ChordClaim.standardLease
  ) async throws -> [ChordCompletion] {
    try await claimCompletedChords(limit: limit, claim: ChordClaim(lease: lease))
  }
}
