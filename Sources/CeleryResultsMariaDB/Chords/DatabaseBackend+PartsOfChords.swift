#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient

extension DatabaseBackend {
  /// Finds the results that a cleanup leaves although they have expired: those of the parts of chords that are not
  /// closed, whose bodies still need them.
  ///
  /// Without this project's own table of chords there are none: a counter alone could keep them for ever.
  ///
  /// - Parameters:
  ///   - cutoff: Only what was stored before this moment is asked for.
  ///   - givenUp: Chords that count no more.
  /// - Returns: The numbers of their rows.
  func rowsOfOpenChords(storedBefore cutoff: Date, except givenUp: GivenUpChords) async throws -> Set<Int64> {
    try await rows(storedBefore: cutoff, except: givenUp.chordIDs) {
      ChordStatements.openHeaders(after: $0, limit: $1)
    }
    .union(
      rows(storedBefore: cutoff, except: givenUp.counterIDs) {
        ChordStatements.countedHeaders(after: $0, limit: $1)
      }
    )
  }

  private func rows(
    storedBefore cutoff: Date,
    except givenUp: Set<Int64>,
    headers: @escaping @Sendable (Int64, Int) -> SQLStatement
  ) async throws -> Set<Int64> {
    var found: Set<Int64> = []
    var lastID: Int64? = 0
    while let after = lastID {
      try Task.checkCancellation()
      let page = try await withCatalog { handle, catalog -> (rows: [Int64], lastID: Int64?) in
        guard catalog.chordCounters != nil, catalog.chords != nil else { return ([], nil) }
        let chords = try handle.query(headers(after, OrphanedChords.rowsPerQuery)).rows
        let parts = try chords.flatMap { row -> [TaskID] in
          guard try !givenUp.contains(row.decode(named: "id")) else { return [] }
          return ChordRecord.parts(ofHeader: try row.decode(named: "parts")) ?? []
        }
        let lastID = try chords.last.map { row in try row.decode(Int64.self, named: "id") }
        return (try handle.rows(of: parts, storedBefore: cutoff), lastID)
      }
      found.formUnion(page.rows)
      lastID = page.lastID
    }
    return found
  }
}

extension ConnectionHandle {
  fileprivate func rows(of ids: [TaskID], storedBefore cutoff: Date) throws -> [Int64] {
    var rows: [Int64] = []
    var rest = ids[...]
    while !rest.isEmpty {
      let some = Array(rest.prefix(DatabaseBackend.idsPerQuery))
      rest = rest.dropFirst(some.count)
      for row in try query(ChordStatements.rows(of: some, storedBefore: cutoff)).rows {
        rows.append(try row.decode(at: 0))
      }
    }
    return rows
  }
}
