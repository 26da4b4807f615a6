import MariaDBClient

/// The node of a Galera cluster that a connection is on.
///
/// (GET_LOCK holds on one server only wherever there are several: on a primary and its replicas that does no
/// harm, since only the primary takes the writes.)
///
/// Source: Galera's documentation, "Galera System Tables" and "MySQL wsrep Options".
struct GaleraNode: Sendable, Hashable {
  /// Differs from that of every other node, and of the same node before it was last started.
  let id: String
  /// What its administrator calls it.
  let name: String

  init(id: String, name: String) {
    self.id = id
    self.name = name
  }

  /// Asks the server.
  ///
  /// - Returns: Nil where the server is no node of a cluster.
  init?(_ handle: ConnectionHandle) throws {
    let variables = try Self.pairs(
      "SHOW GLOBAL VARIABLES WHERE variable_name IN ('wsrep_on', 'wsrep_provider', 'wsrep_node_name')",
      handle
    )
    guard variables["wsrep_on"] == "ON", let provider = variables["wsrep_provider"],
      provider != "none", !provider.isEmpty
    else { return nil }
    let status = try Self.pairs("SHOW GLOBAL STATUS WHERE variable_name = 'wsrep_gcomm_uuid'", handle)
    name = variables["wsrep_node_name"] ?? ""
    id = status["wsrep_gcomm_uuid"] ?? name
  }

  private static func pairs(_ sql: String, _ handle: ConnectionHandle) throws -> [String: String] {
    let pairs = try handle.query(text: sql).rows.map { row throws(MariaDBError) in
      try row.decode(String.self, String.self)
    }
    return Dictionary(pairs) { first, _ in first }
  }
}
