import MariaDBClient
import ResultSchema

/// The table of task results as the server's binary log shows it.
struct BinaryLogSource: Sendable, Hashable {
  /// Where the log ended before the table was looked at: nothing that came later is missed.
  let position: BinaryLogPosition
  /// The columns `task_id` and `status`, in this order.
  let selection: BinaryLogSelection
  /// Whether the log has the ids in UTF-8.
  let isUTF8: Bool

  /// Asks the server.
  ///
  /// - Throws: ``PushRefusal`` where the log cannot be followed; `MariaDBError`.
  init(_ reader: BinaryLogReader) throws {
    let settings = try Self.settings(reader.handle)
    try Self.check(settings)
    let status = try reader.status()
    position = status.position
    let current = try reader.handle.query("SELECT DATABASE()").rows.first
    guard case .string(let database)? = current?.values.first else {
      throw PushRefusal("the connection names no database")
    }
    guard status.includes(database: database) else {
      throw PushRefusal("the database is left out of it (binlog_do_db, binlog_ignore_db)")
    }
    let columns = try Self.columns(reader.handle)
    guard let id = columns.firstIndex(where: { $0.name == "task_id" }),
      let state = columns.firstIndex(where: { $0.name == "status" })
    else {
      throw MariaDBError(
        .unknownTable,
        explanation: "the database has no table \(CeleryTables.taskResultName): run celery-results migrate"
      )
    }
    for column in [columns[id], columns[state]] {
      // In these even the letters of ASCII are other bytes.
      if ["ucs2", "utf16", "utf16le", "utf32"].contains(column.characterSet) {
        throw PushRefusal("the column \(column.name) is in the character set \(column.characterSet ?? "")")
      }
    }
    isUTF8 = columns[id].characterSet?.hasPrefix("utf8") == true
    selection = BinaryLogSelection(
      database: database,
      table: CeleryTables.taskResultName,
      columns: [id, state],
      columnCount: columns.count,
      includesDeletes: false,
      ignoresCase: settings["lower_case_table_names"].map { $0 != "0" } ?? false
    )
  }

  /// Refuses a server whose log does not have what is needed.
  ///
  /// - Parameter settings: The server's variables, in lower case; those that it does not know are not there.
  static func check(_ settings: [String: String]) throws(PushRefusal) {
    guard settings["log_bin"] == "on" else {
      throw PushRefusal("the server keeps none (log_bin is off)")
    }
    if let format = settings["binlog_format"], format != "row" {
      throw PushRefusal("it is kept as statements: binlog_format is \(format.uppercased()), and must be ROW")
    }
    if settings["binlog_row_image"] == "minimal" {
      throw PushRefusal(
        "it does not tell whose result a row is: binlog_row_image is MINIMAL, and must be FULL"
      )
    }
    if settings["binlog_transaction_compression"] == "on" {
      throw PushRefusal(
        "its transactions are compressed: binlog_transaction_compression is ON, and must be OFF"
      )
    }
    if settings["wsrep_on"] == "on", settings["log_slave_updates"] != "on" {
      throw PushRefusal(
        "the other nodes' writes are not in it: log_slave_updates is OFF on a node of a cluster"
      )
    }
  }

  private static func settings(_ handle: ConnectionHandle) throws -> [String: String] {
    let rows = try handle.query(
      text: """
        SHOW GLOBAL VARIABLES WHERE Variable_name IN ('log_bin', 'binlog_format', 'binlog_row_image', \
        'binlog_transaction_compression', 'lower_case_table_names', 'wsrep_on', 'log_slave_updates')
        """
    ).rows
    var settings: [String: String] = [:]
    for row in rows {
      let (name, value) = try row.decode(String.self, String.self)
      settings[name.lowercased()] = value.lowercased()
    }
    return settings
  }

  private struct Column {
    let name: String
    let characterSet: String?
  }

  private static func columns(_ handle: ConnectionHandle) throws -> [Column] {
    try handle.query(
      """
      SELECT column_name, character_set_name FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = \(CeleryTables.taskResultName)
      ORDER BY ordinal_position
      """
    ).rows.map { row throws(MariaDBError) in
      let (name, characterSet) = try row.decode(String.self, String?.self)
      return Column(name: name, characterSet: characterSet)
    }
  }
}
