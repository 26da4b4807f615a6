import MariaDBClient

/// What a server has had to do so far, as its status variables say: any user may read them.
struct ServerLoad: Sendable, Hashable {
  /// How many statements that write were begun, deletions aside: those are a cleanup's own.
  var writes: Int
  /// How many transactions have left something that InnoDB's purge has yet to remove; nil where the server does
  /// not say (MySQL).
  ///
  /// Source: the MySQL manual's "Purge Configuration".
  var historyListLength: Int?

  /// Makes a value.
  init(writes: Int, historyListLength: Int? = nil) {
    self.writes = writes
    self.historyListLength = historyListLength
  }

  /// Asks the server.
  ///
  /// - Returns: Nil when the server, or a proxy before it, does not tell.
  init?(_ handle: ConnectionHandle) throws {
    let rows: [MariaDBRow]
    do {
      rows = try handle.query(text: Self.query).rows
    } catch let error as MariaDBError where error.code != .connectionLost {
      return nil
    }
    var values: [String: Int] = [:]
    for row in rows {
      let (name, value) = try row.decode(String.self, String.self)
      values[name] = Int(value)
    }
    let writes = Self.writes.compactMap { values[$0] }
    guard !writes.isEmpty else { return nil }
    self.init(writes: writes.reduce(0, &+), historyListLength: values[Self.historyListLength])
  }

  private static let writes = [
    "Com_insert", "Com_insert_select", "Com_load", "Com_replace", "Com_replace_select", "Com_update",
    "Com_update_multi",
  ]
  private static let historyListLength = "Innodb_history_list_length"

  private static var query: String {
    let names = (writes + [historyListLength]).map { "'\($0)'" }.joined(separator: ", ")
    return "SHOW GLOBAL STATUS WHERE Variable_name IN (\(names))"
  }
}
