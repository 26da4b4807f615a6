#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient

/// How far some chords have come: their counters and the states of their parts are asked for together.
struct ChordStatuses {
  private(set) var chords: [ChordStatus] = []
  private(set) var lastID: Int64?

  /// Reads on from rows of the table of chords.
  init(_ rows: [MariaDBRow], _ handle: ConnectionHandle) throws {
    guard let last = rows.last else { return }
    lastID = try last.decode(named: "id")
    let groups = try rows.map { row in TaskID(try row.decode(String.self, named: "group_id")) }
    let counters = try handle.query(ChordStatements.counters(of: groups)).rows
    var counterOf: [String: MariaDBRow] = [:]
    for counter in counters {
      counterOf[try counter.decode(String.self, named: "group_id").lowercased()] = counter
    }
    let records = try zip(rows, groups).compactMap { row, group in
      try ChordRecord(chord: row, counter: counterOf[group.rawValue.lowercased()])
    }
    try append(records, at: try last.decode(named: "now"), handle)
  }

  /// Reads on from rows of the table of chord counters alone.
  init(counters rows: [MariaDBRow], _ handle: ConnectionHandle, _ catalog: Catalog) throws {
    guard let last = rows.last else { return }
    lastID = try last.decode(named: "id")
    var records = try rows.compactMap { try ChordRecord(chord: nil, counter: $0) }
    if catalog.chords != nil {
      let kept = try handle.query(ChordStatements.kept(records.map(\.header.id))).rows.map { row in
        try row.decode(String.self, at: 0).lowercased()
      }
      records.removeAll { kept.contains($0.header.id.rawValue.lowercased()) }
    }
    try append(records, at: .distantPast, handle)
  }

  private mutating func append(_ records: [ChordRecord], at now: Date, _ handle: ConnectionHandle) throws {
    let counted = records.filter { $0.count != nil }
    let ready = try Set(ready: counted.flatMap(\.partsToAskFor), handle)
    chords += records.map { record in
      // What nobody counts any more was complete.
      record.status(ready: record.count == nil ? Set(record.parts) : ready, at: now)
    }
  }
}
