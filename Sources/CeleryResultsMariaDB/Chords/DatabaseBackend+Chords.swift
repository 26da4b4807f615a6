public import CeleryResults
import Logging
import MariaDBClient
import ResultSchema

extension DatabaseBackend: ChordBackend {
  /// Notes a chord before its parts are sent: the counter that Celery's own workers count, and the body.
  ///
  /// - Throws: `ResultError` with the code `valueTooLong` or `invalidChord` before anything is written;
  ///   `MariaDBError`, with the code `unknownTable` where the tables are older than release 2.0;
  ///   `CancellationError`.
  public func applyChord(_ header: ResultReference, body: ChordBody) async throws {
    let record = ChordRecord(header: header, body: body, count: nil)
    try record.checkHeader()
    let subTasks = try PythonJSON.encode(header.membersValue)
    let signature = try PythonJSON.encode(body.signature)
    let date = configuration.now()
    try await withChordTransaction { handle, catalog in
      try catalog.checkChordTables(header.id)
      let known = try ChordRows(header.id, handle, catalog)
      if let known, known.isKept || catalog.chords == nil { return }
      if known == nil {
        let count = body.chordSize ?? record.parts.count
        try handle.insert(ChordStatements.insertCounter(header.id, subTasks: subTasks, count: count))
      }
      guard catalog.chords != nil else { return }
      try handle.insert(
        ChordStatements.insertChord(header.id, header: subTasks, body: signature, at: date)
      )
    }
  }

  /// Counts a part that has ended, and claims the completion when it was the last.
  ///
  /// One transaction, which a deadlock or a lost connection lets begin anew, as `configuration.retryPolicy` says.
  ///
  /// - Throws: `MariaDBError`, with the code `unknownTable` where the tables are older than release 2.0;
  ///   `CancellationError`.
  public func onChordPartReturn(_ part: ChordPart, claim: ChordClaim) async throws -> ChordCompletion? {
    try await changeChord(part.group, claim) { rows in
      let ready = try rows.ready(and: part.id)
      return rows.catalog.chords == nil
        ? rows.record.countWithoutNotes(part, ready: ready)
        : rows.record.count(part, ready: ready, claim: claim, at: rows.now)
    }
  }

  /// Claims chords that are complete and that nobody sends the body of.
  ///
  /// A chord that cannot be read or claimed is passed over. What was claimed before an error is returned.
  ///
  /// - Throws: `MariaDBError`, with the code `unknownTable` where the tables are older than release 2.0;
  ///   `CancellationError`; each only where nothing was claimed.
  public func claimCompletedChords(limit: Int, claim: ChordClaim) async throws -> [ChordCompletion] {
    var completions: [ChordCompletion] = []
    var failure: (any Error)?
    var last: Int64? = 0
    do {
      while let after = last, completions.count < limit {
        try Task.checkCancellation()
        let page = try await withCatalog { handle, catalog in
          try ChordCandidates(after: after, handle, catalog)
        }
        for group in page.groups where completions.count < limit {
          do {
            if let completion = try await claimWhenComplete(group, claim) { completions.append(completion) }
          } catch {
            if error.endsClaiming { throw error }
            failure = failure ?? error
            logger.error(
              "a chord could not be claimed",
              metadata: ["group": "\(group)", "error": "\(error)"]
            )
          }
        }
        last = page.next
      }
    } catch {
      failure = error
    }
    if completions.isEmpty, let failure { throw failure }
    return completions
  }

  private func claimWhenComplete(_ group: TaskID, _ claim: ChordClaim) async throws -> ChordCompletion? {
    try await changeChord(group, claim) { rows in
      let ready = try rows.ready()
      return rows.record.claimWhenComplete(ready: ready, claim: claim, at: rows.now)
    }
  }

  /// Notes that the body of a chord was sent.
  ///
  /// - Throws: `MariaDBError`; `CancellationError`.
  public func closeChord(_ group: TaskID, claimedBy token: String) async throws -> Bool {
    try await withChordTransaction { handle, _ in
      let closed = try handle.query(ChordStatements.closeChord(group, token: token)).affectedRows > 0
      // Closed before: then nothing has changed.
      return try closed || !handle.query(ChordStatements.selectClaim(group, token: token)).rows.isEmpty
    }
  }

  private func changeChord(
    _ group: TaskID,
    _ claim: ChordClaim,
    _ body: @escaping @Sendable (inout ChordRows) throws -> ChordRecord.Change
  ) async throws -> ChordCompletion? {
    let date = configuration.now()
    return try await withChordTransaction { [self] handle, catalog in
      try catalog.checkChordTables(group)
      guard var rows = try ChordRows(group, handle, catalog) else { return nil }
      let change = try body(&rows)
      try rows.save(change, by: claim, date: date)
      guard change == .claimed else { return nil }
      return ChordCompletion(
        group: rows.record.header.id,
        body: rows.record.body,
        // Read before the claim is committed: a claim whose outcome could not be read would be lost.
        outcome: try rows.outcome(acceptContent: configuration.acceptContent),
        leasedUntil: rows.record.claimedUntil,
        token: claim.token,
        backend: self
      )
    }
  }

  /// Runs a transaction on the rows of chords, again where the server has rolled it back, or where it is not
  /// known whether it was committed: counting, claiming and closing may all be done twice.
  func withChordTransaction<Result: Sendable>(
    _ body: @Sendable (ConnectionHandle, Catalog) throws -> Result
  ) async throws -> Result {
    do {
      return try await withCatalog { handle, catalog in
        do {
          return try handle.withTransaction(isolationLevel: .readCommitted) { try body($0, catalog) }
        } catch let error as MariaDBError where error.code == .connectionLost && catalog.chords == nil {
          throw UnknownCount(error: error)
        }
      }
    } catch let unknown as UnknownCount {
      throw unknown.error
    }
  }

  /// The connection was lost where nothing tells a part that was counted from one that was not.
  private struct UnknownCount: Error {
    let error: MariaDBError
  }
}

extension ConnectionHandle {
  /// Makes a row, unless somebody else has just made it.
  fileprivate func insert(_ statement: SQLStatement) throws {
    do {
      try query(statement)
    } catch let error as MariaDBError where error.code == .duplicateKey {}
  }
}

extension Error {
  /// Whether other chords would fail as well: the server is away, or the caller has gone.
  fileprivate var endsClaiming: Bool { self is CancellationError || RetryCondition.idempotent.allows(self) }
}

extension Catalog {
  /// Refuses chords where there is no table for them, and ids that are longer than their columns.
  func checkChordTables(_ group: TaskID? = nil) throws {
    guard let chordCounters else {
      throw MariaDBError(
        .unknownTable,
        explanation: "the database has no table \(CeleryTables.chordCounterName): run celery-results migrate"
      )
    }
    guard let group else { return }
    try chordCounters.check(group: group)
    try chords?.check(group: group)
  }
}
