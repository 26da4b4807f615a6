import CeleryResults
import MariaDBClient
import ResultSchema

/// What the backend must know of the server and its tables before it can write a statement.
struct Catalog: Sendable {
  let dialect: Dialect
  /// The largest packet that the server takes, in bytes.
  let maxAllowedPacket: Int
  /// The columns of the table of task results.
  let taskResults: TableColumns
  /// How a result is stored in that table.
  let storeStatement: StoreStatement
  /// The columns of the table of chord counters; nil where there is none, as before release 2.0.
  let chordCounters: TableColumns?
  /// The columns of this project's own table of chords; nil where there is none.
  let chords: TableColumns?
  /// The columns of the table of groups; nil where there is none, as before release 2.1.
  let groupResults: TableColumns?
  /// What the tables lack, as older releases made them; nil when it is nothing.
  let gaps: CatalogGaps?

  /// Asks the server.
  ///
  /// - Parameters:
  ///   - handle: The connection.
  ///   - storePolicy: What a store does with what is known about its task.
  /// - Throws: `MariaDBError` with the code `unknownTable` when the tables are not there.
  init(_ handle: ConnectionHandle, storePolicy: ResultBackendConfiguration.StorePolicy) throws {
    let serverVersion = handle.serverVersion
    guard let dialect = Dialect(versionString: serverVersion) else {
      throw MariaDBError(
        .server,
        explanation: "the server's version cannot be understood: \(serverVersion)"
      )
    }
    self.dialect = dialect
    maxAllowedPacket = try handle.query("SELECT @@max_allowed_packet").rows[0].decode(at: 0)
    let rows = try handle.query(
      """
      SELECT table_name, column_name, character_maximum_length
      FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name IN (\(list: CeleryTables.namesWithChord))
      ORDER BY ordinal_position
      """
    ).rows
    var columns: [String: [TableColumns.Column]] = [:]
    for row in rows {
      let (table, name, length) = try row.decode(String.self, String.self, Int?.self)
      columns[table, default: []].append(.init(name: name, maximumLength: length))
    }
    let dateDoneIndexes = try Self.dateDoneIndexes(handle)
    guard let taskResults = columns[CeleryTables.taskResultName] else {
      throw MariaDBError(
        .unknownTable,
        explanation: "the database has no table \(CeleryTables.taskResultName): run celery-results migrate"
      )
    }
    self.taskResults = TableColumns(
      taskResults,
      dateDoneIndex: dateDoneIndexes[CeleryTables.taskResultName]
    )
    storeStatement = StoreStatement(dialect: dialect, columns: self.taskResults, policy: storePolicy)
    chordCounters = columns[CeleryTables.chordCounterName].map { TableColumns($0) }
    chords = columns[CeleryTables.chordName].map { TableColumns($0) }
    groupResults = columns[CeleryTables.groupResultName].map {
      TableColumns($0, dateDoneIndex: dateDoneIndexes[CeleryTables.groupResultName])
    }
    gaps = CatalogGaps(columns: columns.mapValues { Set($0.map(\.name)) })
  }

  /// The names of the indexes that begin with `date_done`, by their tables.
  private static func dateDoneIndexes(_ handle: ConnectionHandle) throws -> [String: String] {
    try handle.query(
      """
      SELECT table_name, index_name FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND table_name IN (\(list: CeleryTables.names))
        AND column_name = 'date_done' AND seq_in_index = 1
      """
    ).rows.reduce(into: [:]) { indexes, row in
      let (table, index) = try row.decode(String.self, String.self)
      indexes[table] = index
    }
  }
}
