#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import ResultSchema

/// The rows of one chord, locked in a transaction.
struct ChordRows {
  let handle: ConnectionHandle
  let catalog: Catalog
  /// What the rows say, and what they are to say.
  var record: ChordRecord
  /// The counter's row, where it is there.
  let counterID: Int64?
  /// Whether the chord has a row of its own.
  let isKept: Bool
  /// The time by the server's clock.
  let now: Date
  private let countBefore: Int?

  /// Reads and locks the rows: the counter first, as everybody does; nil when there are none.
  init?(_ group: TaskID, _ handle: ConnectionHandle, _ catalog: Catalog) throws {
    let counter = try handle.query(ChordStatements.lockCounter(group)).rows.first
    var row = try catalog.chords.flatMap { _ in try handle.query(ChordStatements.lockChord(group)).rows.first
    }
    if try row?.seenCounter() != nil { row = nil }
    guard let record = try ChordRecord(chord: row, counter: counter) else { return nil }
    self.handle = handle
    self.catalog = catalog
    self.record = record
    counterID = try counter.map { row throws(MariaDBError) in try row.decode(Int64.self, named: "id") }
    isKept = row != nil
    countBefore = record.count
    if let row {
      now = try row.decode(named: "now")
    } else {
      now = try handle.query("SELECT UTC_TIMESTAMP(6)").rows[0].decode(at: 0)
    }
  }

  /// Those of the parts that are ready by their stored results, as far as they must be asked for.
  func ready(and part: TaskID? = nil) throws -> Set<TaskID> {
    // Without a counter nothing is counted any more.
    guard record.count != nil else { return [] }
    var parts = record.partsToAskFor
    if let part, record.notes[part] == nil, !parts.contains(part) { parts.append(part) }
    return try Set(ready: parts, handle)
  }

  /// Writes what has changed.
  func save(_ change: ChordRecord.Change, by claim: ChordClaim, date: Date) throws {
    guard change != .none else { return }
    if let counterID {
      if let count = record.count {
        if count != countBefore { try handle.query(ChordStatements.updateCounter(counterID, count: count)) }
      } else {
        try handle.query(ChordStatements.deleteCounter(counterID))
      }
    }
    guard catalog.chords != nil else { return }
    let group = record.header.id
    let body = try record.body.map { try PythonJSON.encode($0.signature) }
    if !isKept {
      let header = try PythonJSON.encode(record.header.membersValue)
      try handle.query(ChordStatements.insertChord(group, header: header, body: body, at: date))
    }
    if countBefore != nil {
      let parts = try PythonJSON.encode(record.notes.celeryValue)
      try handle.query(ChordStatements.updateChord(group, body: body, parts: parts))
    }
    if change == .claimed { try handle.query(ChordStatements.claimChord(group, claim)) }
  }

  /// What the parts have come to.
  func outcome(acceptContent: Set<ContentType>) throws -> ChordOutcome {
    let parts = record.parts
    let rows = try TaskResultRows(parts, handle, catalog)
    var results: [TaskID: TaskResult] = [:]
    for part in parts { results[part] = rows[part].map { TaskResult($0, acceptContent: acceptContent) } }
    return ChordOutcome(of: record.header.children ?? [], results: results, notes: record.notes)
  }
}

extension Set<TaskID> {
  /// Asks which of some tasks are ready by their stored results.
  init(ready ids: [TaskID], _ handle: ConnectionHandle) throws {
    let rows = try RowsByID(ids, table: CeleryTables.taskResultName, column: "task_id", handle) {
      ChordStatements.states(of: $0)
    }
    self.init()
    for id in ids {
      guard let row = rows[id] else { continue }
      if TaskState(rawValue: try row.decode(String.self, named: "status")).isReady { insert(id) }
    }
  }
}

extension MariaDBRow {
  /// The number of the counter that a cleanup has seen, where a row of the table of chords says only that.
  func seenCounter() throws(MariaDBError) -> Int64? {
    try decode(String?.self, named: "parts").flatMap { Int64($0) }
  }
}
