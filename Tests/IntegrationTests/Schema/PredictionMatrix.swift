import MariaDBClient
import ResultSchema
import SchemaMigrations
import TestSupport
import Testing

/// Makes all the tables on one server: every engine, row format, character set, mode and length.
struct PredictionMatrix: Sendable {
  let server: TestServer
  let pageSize: Int
  /// The limits in bytes to try.
  let limits: [Int]
  /// Further values of innodb_default_row_format to set on the server.
  let defaultRowFormats: [RowFormat]

  static let characterSets = ["utf8mb4", "utf8mb3", "latin1", "ascii"]

  func measure() async throws -> PredictionTally {
    var tally = try await measureCharacterSets(changedDefault: nil)
    for rowFormat in defaultRowFormats {
      tally += try await measureCharacterSets(changedDefault: rowFormat)
    }
    return tally
  }

  /// All character sets at once, each in a database of its own.
  private func measureCharacterSets(changedDefault: RowFormat?) async throws -> PredictionTally {
    try await withThrowingTaskGroup(of: PredictionTally.self) { group in
      if let changedDefault {
        let connection = try await MariaDBConnection.connect(try server.configuration())
        try await connection.query(
          "SET GLOBAL innodb_default_row_format = \(unescaped: changedDefault.rawValue)"
        )
        await connection.close()
      }
      for characterSet in Self.characterSets {
        group.addTask {
          try await ThrowawayDatabase.with(on: server, characterSet: characterSet) { database in
            try await database.client.run { handle in
              try measureModes(handle, hasChangedDefault: changedDefault != nil)
            }
          }
        }
      }
      return try await group.reduce(into: PredictionTally()) { $0 += $1 }
    }
  }

  private func measureModes(_ handle: ConnectionHandle, hasChangedDefault: Bool) throws -> PredictionTally {
    var tally = PredictionTally()
    for (sqlMode, isInnoDBStrict) in [
      ("STRICT_TRANS_TABLES", 1), ("", 1), ("STRICT_TRANS_TABLES", 0), ("", 0),
    ] {
      // A session of the client's is strict unless a statement says otherwise.
      try handle.query(text: "SET SESSION sql_mode = '\(sqlMode)', innodb_strict_mode = \(isInnoDBStrict)")
      let facts = try ServerFacts(handle)
      #expect(facts.pageSize == pageSize)
      let situations =
        hasChangedDefault
        ? PredictionSituation.dependentOnDefault(facts) : PredictionSituation.all(facts)
      for situation in situations {
        for length in situation.lengths(at: limits) {
          for tables in situation.tableGroups(length: length) {
            tally += try situation.compare(tables, length: length, handle)
          }
        }
      }
    }
    return tally
  }
}
