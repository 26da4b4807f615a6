#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import ResultSchema

/// How far some chords have come: their counters and the states of their parts are asked for together.
struct ChordStatuses {
  private(set) var chords: [ChordStatus] = []
  private(set) var lastID: Int64?

  /// A chord, or what cannot be read as one.
  private struct Read {
    let group: TaskID
    let record: ChordRecord?

    init(_ group: TaskID, chord: MariaDBRow?, counter: MariaDBRow?) throws {
      self.group = group
      do {
        record = try ChordRecord(chord: chord, counter: counter)
      } catch is ResultError {
        record = nil
      }
    }
  }

  /// Reads on from rows of the table of chords.
  init(_ rows: [MariaDBRow], _ handle: ConnectionHandle) throws {
    guard let last = rows.last else { return }
    lastID = try last.decode(named: "id")
    let groups = try rows.map { row in TaskID(try row.decode(String.self, named: "group_id")) }
    let counters = try RowsByID(groups, table: CeleryTables.chordCounterName, column: "group_id", handle) {
      ChordStatements.counters(of: $0)
    }
    let read = try zip(rows, groups).map { row, group in
      try Read(group, chord: row, counter: counters[group])
    }
    try append(read, at: try last.decode(named: "now"), handle)
  }

  /// Reads on from rows of the table of chord counters alone.
  init(counters rows: [MariaDBRow], _ handle: ConnectionHandle, _ catalog: Catalog) throws {
    guard let last = rows.last else { return }
    lastID = try last.decode(named: "id")
    var read = try rows.map { row in
      try Read(TaskID(try row.decode(String.self, named: "group_id")), chord: nil, counter: row)
    }
    if catalog.chords != nil {
      let kept = try RowsByID(read.map(\.group), table: CeleryTables.chordName, column: "group_id", handle) {
        ChordStatements.kept($0)
      }
      read.removeAll { kept[$0.group] != nil }
    }
    try append(read, at: .distantPast, handle)
  }

  private mutating func append(_ read: [Read], at now: Date, _ handle: ConnectionHandle) throws {
    let counted = read.compactMap(\.record).filter { $0.count != nil }
    let ready = try Set(ready: counted.flatMap(\.partsToAskFor), handle)
    chords += read.map { read in
      guard let record = read.record else {
        return ChordStatus(group: read.group, partCount: 0, readyCount: 0, phase: .unreadable)
      }
      // What nobody counts any more was complete.
      return record.status(ready: record.count == nil ? Set(record.parts) : ready, at: now)
    }
  }
}
