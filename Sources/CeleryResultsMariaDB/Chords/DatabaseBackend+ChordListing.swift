public import CeleryResults
import MariaDBClient

extension DatabaseBackend {
  /// Reads the chords that are not closed, the oldest first; then those that only Python workers have counted.
  ///
  /// A chord that cannot be read is listed as such.
  ///
  /// - Throws: `MariaDBError`, with the code `unknownTable` where the tables are older than release 2.0;
  ///   `CancellationError`.
  public func listChords(limit: Int, after cursor: ChordCursor?) async throws -> ChordPage {
    guard limit > 0 else { return ChordPage(chords: []) }
    return try await withCatalog { handle, catalog in
      try catalog.checkChordTables()
      var page = ChordPage(chords: [])
      var counterID: Int64 = 0
      if let cursor, cursor.isCounterOnly {
        counterID = cursor.rowID
      } else if catalog.chords != nil {
        let statement = ChordStatements.openChords(after: cursor?.rowID ?? 0, limit: limit)
        let statuses = try ChordStatuses(handle.query(statement).rows, handle)
        page.chords = statuses.chords
        if page.chords.count == limit, let last = statuses.lastID {
          page.next = ChordCursor(rowID: last)
          return page
        }
      }
      while page.chords.count < limit {
        let size = limit - page.chords.count
        let rows = try handle.query(ChordStatements.counters(after: counterID, limit: size)).rows
        let statuses = try ChordStatuses(counters: rows, handle, catalog)
        page.chords += statuses.chords
        guard rows.count == size, let last = statuses.lastID else { return page }
        counterID = last
      }
      page.next = ChordCursor(rowID: counterID, isCounterOnly: true)
      return page
    }
  }
}
