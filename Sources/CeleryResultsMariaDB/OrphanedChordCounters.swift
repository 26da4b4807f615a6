#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import ResultSchema

/// Finds the chord counters whose chords have been given up.
///
/// The table has no dates, but its ids grow: a counter is at least as old as any that was made after it, and a
/// counter is older than every result of its parts. So they are looked at from the newest on, and once a part is
/// found that stored something before the cutoff, all counters from there on were made before it.
struct OrphanedChordCounters: Sendable {
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
  /// - Returns: The ids of those whose chords have been given up; nil when all counters were looked at.
  mutating func next(_ handle: ConnectionHandle) throws -> [Int64]? {
    let rows = try handle.query(
      """
      SELECT `id`, `sub_tasks` FROM \(identifier: CeleryTables.chordCounterName) WHERE `id` < \(lastID)
      ORDER BY `id` DESC LIMIT \(Self.countersPerQuery)
      """
    ).rows
    guard !rows.isEmpty else { return nil }
    var orphans: [Int64] = []
    for row in rows {
      lastID = try row.decode(named: "id")
      // A list that cannot be read says nothing: such a counter stays.
      guard let parts = Self.parts(try row.decode(named: "sub_tasks")) else { continue }
      let stored = try Self.storedDates(of: parts, handle)
      areOld = areOld || stored.map { $0.lowerBound < cutoff } ?? false
      if areOld, stored.map({ $0.upperBound < cutoff }) ?? true { orphans.append(lastID) }
    }
    return orphans
  }

  /// Deletes a counter, unless a part of its chord has stored something meanwhile.
  ///
  /// - Returns: Whether it was there and was deleted.
  func delete(_ id: Int64, _ handle: ConnectionHandle) throws -> Bool {
    let table = CeleryTables.chordCounterName
    return try handle.withTransaction { handle in
      // Who counts a part waits for this lock.
      let rows = try handle.query(
        "SELECT `sub_tasks` FROM \(identifier: table) WHERE `id` = \(id) FOR UPDATE"
      ).rows
      guard let row = rows.first, let parts = Self.parts(try row.decode(at: 0)) else { return false }
      if let stored = try Self.storedDates(of: parts, handle), stored.upperBound >= cutoff { return false }
      return try handle.query("DELETE FROM \(identifier: table) WHERE `id` = \(id)").affectedRows > 0
    }
  }

  /// The ids of the tasks of a chord's header; nil when it is no list of them.
  private static func parts(_ text: String) -> [TaskID]? {
    guard case .array(let values)? = try? PythonJSON.decode(text) else { return nil }
    let references = values.compactMap { ResultReference(celeryValue: $0) }
    return references.count == values.count ? references.flatMap(ids) : nil
  }

  private static func ids(_ reference: ResultReference) -> [TaskID] {
    [reference.id] + (reference.children ?? []).flatMap(ids)
  }

  /// When the first and the last of some tasks have stored something; nil when none has.
  private static func storedDates(
    of ids: [TaskID],
    _ handle: ConnectionHandle
  ) throws -> ClosedRange<Date>? {
    var dates: [Date] = []
    var rest = ids[...]
    while !rest.isEmpty {
      let some = rest.prefix(DatabaseBackend.idsPerQuery).map(\.rawValue).filledUp()
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
