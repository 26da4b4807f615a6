#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import ResultSchema

/// Finds the counters of chords that have been given up.
///
/// Their table has no dates, but its ids grow: a counter is at least as old as any that was made after it, and a
/// counter is older than every result of its parts. So they are looked at from the newest on, and once something
/// is found that is older than the cutoff, all counters from there on were made before it.
struct OrphanedChords: Sendable {
  /// How many counters one query reads: their lists of parts can be long.
  static let countersPerQuery = 20

  let cutoff: Date
  private var lastID = Int64.max
  private var areOld = false

  init(cutoff: Date) {
    self.cutoff = cutoff
  }

  /// Looks at some more counters.
  ///
  /// - Returns: Those whose chords have been given up; nil when all counters were looked at.
  mutating func next(_ handle: ConnectionHandle, _ catalog: Catalog) throws -> [Orphan]? {
    let rows = try handle.query(counters(catalog)).rows
    guard !rows.isEmpty else { return nil }
    var orphans: [Orphan] = []
    for row in rows {
      lastID = try row.decode(named: "id")
      let dateCreated = try row.decode(Date?.self, named: "date_created")
      areOld = areOld || dateCreated.map { $0 < cutoff } ?? false
      // A list that cannot be read says nothing: such a counter stays.
      guard let parts = Orphan.parts(try row.decode(named: "sub_tasks")) else { continue }
      let stored = try Orphan.storedDates(of: parts, handle)
      areOld = areOld || stored.map { $0.lowerBound < cutoff } ?? false
      guard dateCreated.map({ $0 < cutoff }) ?? areOld, stored.map({ $0.upperBound < cutoff }) ?? true else {
        continue
      }
      orphans.append(
        Orphan(
          counterID: lastID,
          group: TaskID(try row.decode(String.self, named: "group_id")),
          isKept: dateCreated != nil
        )
      )
    }
    return orphans
  }

  private func counters(_ catalog: Catalog) -> SQLStatement {
    let counters = SQLStatement.quoted(identifier: CeleryTables.chordCounterName)
    let chords = SQLStatement.quoted(identifier: CeleryTables.chordName)
    // Only this project's own table knows when.
    let date = catalog.chords == nil ? "NULL" : "c.`date_created`"
    let join = catalog.chords == nil ? "" : "LEFT JOIN \(chords) AS c ON c.`group_id` = n.`group_id`"
    return """
      SELECT n.`id`, n.`group_id`, n.`sub_tasks`, \(unescaped: date) AS `date_created`
      FROM \(unescaped: counters) AS n \(unescaped: join)
      WHERE n.`id` < \(lastID) ORDER BY n.`id` DESC LIMIT \(Self.countersPerQuery)
      """
  }
}

extension OrphanedChords {
  /// A chord that has been given up.
  struct Orphan: Sendable, Hashable {
    let counterID: Int64
    let group: TaskID
    /// Whether it has a row in this project's own table of chords.
    let isKept: Bool

    /// Its rows.
    var count: CleanupResult { CleanupResult(chordCounters: 1, chords: isKept ? 1 : 0) }

    /// Deletes its rows, unless a part has stored something meanwhile.
    ///
    /// Both at once: a chord without a counter is complete.
    ///
    /// - Returns: How many were there and were deleted.
    func delete(
      storedBefore cutoff: Date,
      _ handle: ConnectionHandle,
      _ catalog: Catalog
    ) throws -> CleanupResult {
      try handle.withTransaction(isolationLevel: .readCommitted) { handle in
        // Who counts a part waits for this lock.
        guard let row = try handle.query(ChordStatements.lockCounter(group)).rows.first,
          try row.decode(Int64.self, named: "id") == counterID,
          let parts = Self.parts(try row.decode(named: "sub_tasks"))
        else { return CleanupResult() }
        if let stored = try Self.storedDates(of: parts, handle), stored.upperBound >= cutoff {
          return CleanupResult()
        }
        var deleted = CleanupResult()
        deleted.chordCounters = Int(try handle.query(ChordStatements.deleteCounter(counterID)).affectedRows)
        if catalog.chords != nil {
          deleted.chords = Int(try handle.query(ChordStatements.deleteChord(group)).affectedRows)
        }
        return deleted
      }
    }

    /// The ids of the tasks of a chord's header; nil when it is no list of them.
    static func parts(_ text: String) -> [TaskID]? {
      guard case .array(let values)? = try? PythonJSON.decode(text) else { return nil }
      let references = values.compactMap { ResultReference(celeryValue: $0) }
      return references.count == values.count ? references.flatMap(ids) : nil
    }

    private static func ids(_ reference: ResultReference) -> [TaskID] {
      [reference.id] + (reference.children ?? []).flatMap(ids)
    }

    /// When the first and the last of some tasks have stored something; nil when none has.
    static func storedDates(
      of ids: [TaskID],
      _ handle: ConnectionHandle
    ) throws -> ClosedRange<Date>? {
      var dates: [Date] = []
      var rest = ids[...]
      while !rest.isEmpty {
        let some = Array(rest.prefix(DatabaseBackend.idsPerQuery)).map(\.rawValue).filledUp()
        let row = try handle.query(
          """
          SELECT MIN(`date_done`), MAX(`date_done`) FROM \(identifier: CeleryTables.taskResultName)
          WHERE `task_id` IN (\(list: some))
          """
        ).rows[0]
        dates += [try row.decode(Date?.self, at: 0), try row.decode(Date?.self, at: 1)].compactMap(\.self)
        rest = rest.dropFirst(DatabaseBackend.idsPerQuery)
      }
      guard let first = dates.min(), let last = dates.max() else { return nil }
      return first...last
    }
  }
}
