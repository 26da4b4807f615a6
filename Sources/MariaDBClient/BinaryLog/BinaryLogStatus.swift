/// Where a server's binary log ends, and what is in it.
package struct BinaryLogStatus: Sendable, Hashable {
  /// The end of the log.
  package let position: BinaryLogPosition
  private let includedDatabases: [String]
  private let ignoredDatabases: [String]

  /// Reads the row of `SHOW BINARY LOG STATUS` or `SHOW MASTER STATUS`.
  init(_ row: MariaDBRow) throws(MariaDBError) {
    position = BinaryLogPosition(
      file: try row.decode(named: "File"),
      offset: try row.decode(named: "Position")
    )
    includedDatabases = Self.names(try row.decode(named: "Binlog_Do_DB"))
    ignoredDatabases = Self.names(try row.decode(named: "Binlog_Ignore_DB"))
  }

  private static func names(_ text: String) -> [String] {
    text.split(separator: ",").map(String.init)
  }

  /// Whether what is written to a database gets into the log.
  package func includes(database: String) -> Bool {
    (includedDatabases.isEmpty || includedDatabases.contains(database))
      && !ignoredDatabases.contains(database)
  }
}
