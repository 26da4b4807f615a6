#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import ResultSchema

/// A page of this project's own table of chords: which of its rows a cleanup deletes.
///
/// What a row says of its age is all that counts: no row tells anything of another one.
struct OrphanedChords: Sendable {
  /// What becomes of a row that nobody has claimed.
  enum Verdict: Hashable, Sendable {
    /// It stays.
    case stays
    /// It goes, alone.
    case goes
    /// It goes with its counter.
    case goesWithCounter
  }

  /// How many rows one query reads: their lists of parts can be long.
  static let rowsPerQuery = 20

  /// A row, and what it is the row of.
  struct Row: Sendable, Hashable {
    let id: Int64
    let group: TaskID
    /// Whether it only says when a counter was first seen.
    let isSeenCounter: Bool
    let counterID: Int64?
    let verdict: Verdict
  }

  /// The rows that go.
  private(set) var rows: [Row] = []
  /// The last row of the page.
  let lastID: Int64

  /// Reads a page without locking anything; nil when there are no rows any more.
  init?(createdBefore cutoff: Date, after id: Int64, _ handle: ConnectionHandle) throws {
    let statement = ChordStatements.unclaimedChords(
      createdBefore: cutoff,
      after: id,
      limit: Self.rowsPerQuery
    )
    let read = try handle.query(statement).rows
    guard let last = read.last else { return nil }
    lastID = try last.decode(named: "id")
    let groups = try read.map { row in TaskID(try row.decode(String.self, named: "group_id")) }
    let counters = try RowsByID(groups, table: CeleryTables.chordCounterName, column: "group_id", handle) {
      ChordStatements.counters(of: $0)
    }
    for (row, group) in zip(read, groups) {
      let verdict = try Self.verdict(on: row, counter: counters[group], cutoff, handle)
      guard verdict != .stays else { continue }
      rows.append(
        Row(
          id: try row.decode(named: "id"),
          group: group,
          isSeenCounter: try row.seenCounter() != nil,
          counterID: try counters[group].flatMap { counter in try counter.decode(Int64.self, named: "id") },
          verdict: verdict
        )
      )
    }
  }

  /// Decides on a row.
  ///
  /// - Parameters:
  ///   - chord: The row.
  ///   - counter: Its chord's counter, where that is still there.
  ///   - cutoff: What was made or stored at this moment or later is in use.
  ///   - handle: The connection.
  static func verdict(
    on chord: MariaDBRow,
    counter: MariaDBRow?,
    _ cutoff: Date,
    _ handle: ConnectionHandle
  ) throws -> Verdict {
    guard try chord.decode(Date.self, named: "date_created") < cutoff,
      try chord.decode(Date?.self, named: "claimed_until") == nil,
      try chord.decode(Date?.self, named: "date_closed") == nil
    else { return .stays }
    let seen = try chord.seenCounter()
    // The counter that was seen is gone; another one of this name is as old as its own note will say.
    if let seen, try counter?.decode(Int64.self, named: "id") != seen { return .goes }
    let record: ChordRecord
    do {
      guard let read = try ChordRecord(chord: seen == nil ? chord : nil, counter: counter) else {
        return .stays
      }
      record = read
    } catch is ResultError {
      // Nobody can say of which parts it is.
      return .stays
    }
    guard try !isAnyStored(of: record.parts, since: cutoff, handle) else { return .stays }
    // Without the counter a worker that claims nothing has completed it: Celery's own.
    guard counter != nil else { return .goes }
    // What a cleanup has only seen nobody here can complete: its body is not known.
    guard seen == nil else { return .goesWithCounter }
    let parts = record.partsToAskFor
    let ready = try Set(ready: parts, handle)
    return parts.allSatisfy(ready.contains) ? .stays : .goesWithCounter
  }

  private static func isAnyStored(
    of ids: [TaskID],
    since cutoff: Date,
    _ handle: ConnectionHandle
  ) throws -> Bool {
    var rest = ids[...]
    while !rest.isEmpty {
      let some = Array(rest.prefix(DatabaseBackend.idsPerQuery))
      if try !handle.query(ChordStatements.anyStored(of: some, since: cutoff)).rows.isEmpty { return true }
      rest = rest.dropFirst(some.count)
    }
    return false
  }
}

extension OrphanedChords.Row {
  /// What a cleanup counts when it goes.
  var count: CleanupResult {
    CleanupResult(chordCounters: verdict == .goesWithCounter ? 1 : 0, chords: isSeenCounter ? 0 : 1)
  }

  /// Deletes it with its counter, both at once, unless something has changed meanwhile: a chord without a counter
  /// is complete.
  ///
  /// - Returns: How many were there and were deleted.
  func deleteWithCounter(_ cutoff: Date, _ handle: ConnectionHandle) throws -> CleanupResult {
    try handle.withTransaction(isolationLevel: .readCommitted) { handle in
      // Who counts a part waits for these locks.
      guard let counter = try handle.query(ChordStatements.lockCounter(group)).rows.first,
        try counter.decode(Int64.self, named: "id") == counterID, let counterID,
        let chord = try handle.query(ChordStatements.lockChord(group)).rows.first,
        try OrphanedChords.verdict(on: chord, counter: counter, cutoff, handle) == .goesWithCounter
      else { return CleanupResult() }
      try handle.query(ChordStatements.deleteCounter(counterID))
      try handle.query(ChordStatements.deleteChord(group))
      return count
    }
  }
}
