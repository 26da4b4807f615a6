import CeleryResults
import MariaDBClient

/// A page of chords of which some are complete, and claimed by nobody or no longer.
struct ChordCandidates: Sendable {
  /// The groups that are complete.
  var groups: [TaskID] = []
  /// The number of the row where the next page begins; nil when there is none.
  var next: Int64?

  private static let pageSize = 100

  /// Reads a page without locking anything.
  init(after id: Int64, _ handle: ConnectionHandle, _ catalog: Catalog) throws {
    try catalog.checkChordTables()
    guard catalog.chords != nil else { return }
    let rows = try handle.query(ChordStatements.claimableChords(after: id, limit: Self.pageSize)).rows
    let statuses = try ChordStatuses(rows, handle)
    groups = statuses.chords.filter(\.isClaimable).map(\.group)
    if rows.count == Self.pageSize { next = statuses.lastID }
  }
}

extension ChordStatus {
  fileprivate var isClaimable: Bool {
    switch phase {
    case .complete, .leaseExpired: true
    case .open, .claimed, .countedElsewhere, .unreadable: false
    }
  }
}
