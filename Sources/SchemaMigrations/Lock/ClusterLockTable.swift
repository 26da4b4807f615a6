import MariaDBClient

/// The table that a cluster's lock is in: its row 1 names the holder, every other row a migration that waits.
///
/// Two nodes can both insert row 1 only until they commit: the cluster's certification lets one of them win.
/// All statements are committed at once.
struct ClusterLockTable: Sendable {
  /// What row 1 says.
  struct Row: Sendable, Hashable {
    let sign: HolderWatch.Sign
    let nodeID: String
    let holder: LockHolder
  }

  private static let name = MigrationLock.tableName

  let node: GaleraNode
  /// A name that nobody else has.
  let owner = String(UInt64.random(in: .min ... .max), radix: 36)
  /// The number of the row that shows that this connection's writes go through.
  private let waiterID = UInt32.random(in: 2...UInt32(Int32.max))

  func create(_ handle: ConnectionHandle) throws {
    try handle.query(
      text: """
        CREATE TABLE IF NOT EXISTS \(Self.name) (
          id INT UNSIGNED NOT NULL PRIMARY KEY, owner VARCHAR(16) NOT NULL, node VARCHAR(36) NOT NULL,
          node_name VARCHAR(190) NOT NULL, connection_id BIGINT UNSIGNED NOT NULL, client VARCHAR(190) NOT NULL,
          taken_at DATETIME NOT NULL, heartbeat BIGINT UNSIGNED NOT NULL
        ) ENGINE=InnoDB CHARACTER SET utf8mb4
        """
    )
  }

  /// Inserts row 1.
  func insert(_ handle: ConnectionHandle) throws {
    try handle.query("INSERT INTO \(identifier: Self.name) VALUES \(row: 1, self)")
  }

  /// Writes the row of this connection, which waits.
  func writeWaiter(_ handle: ConnectionHandle) throws {
    try handle.query(
      """
      INSERT INTO \(identifier: Self.name) VALUES \(row: waiterID, self)
      ON DUPLICATE KEY UPDATE heartbeat = heartbeat + 1
      """
    )
  }

  /// Reads row 1.
  func read(_ handle: ConnectionHandle) throws -> Row? {
    let rows = try handle.query(
      """
      SELECT owner, heartbeat, node, node_name, connection_id, client,
        CONCAT('since ', DATE_FORMAT(taken_at, '%Y-%m-%d %H:%i:%s'), ' UTC')
      FROM \(identifier: Self.name) WHERE id = 1
      """
    ).rows
    guard let row = rows.first else { return nil }
    return Row(
      sign: HolderWatch.Sign(owner: try row.decode(at: 0), heartbeat: try row.decode(at: 1)),
      nodeID: try row.decode(at: 2),
      holder: LockHolder(
        connectionID: try row.decode(at: 4),
        node: try row.decode(String.self, at: 3),
        client: try row.decode(String.self, at: 5),
        activity: try row.decode(String.self, at: 6)
      )
    )
  }

  /// Puts this connection in the holder's place, unless the holder has given a sign since.
  func takeOver(_ seen: HolderWatch.Sign, _ handle: ConnectionHandle) throws -> Bool {
    try handle.query(
      """
      UPDATE \(identifier: Self.name) SET owner = \(owner), node = \(node.id), node_name = LEFT(\(node.name), 190),
        connection_id = CONNECTION_ID(), client = LEFT(USER(), 190), taken_at = UTC_TIMESTAMP(),
        heartbeat = heartbeat + 1
      WHERE id = 1 AND owner = \(seen.owner) AND heartbeat = \(seen.heartbeat)
      """
    ).affectedRows == 1
  }

  /// Gives a sign.
  ///
  /// - Returns: Whether this connection still is the holder.
  func beat(_ handle: ConnectionHandle) throws -> Bool {
    do {
      return try handle.query(
        "UPDATE \(identifier: Self.name) SET heartbeat = heartbeat + 1 WHERE id = 1 AND owner = \(owner)"
      ).affectedRows == 1
    } catch let error as MariaDBError {
      guard error.code == .unknownTable else { throw error }
      return false
    }
  }

  /// Removes the table.
  func drop(_ handle: ConnectionHandle) throws {
    try handle.query(text: "DROP TABLE IF EXISTS \(Self.name)")
  }
}

extension SQLStatement.StringInterpolation {
  /// A row of the table, for this connection.
  fileprivate mutating func appendInterpolation(row id: UInt32, _ table: ClusterLockTable) {
    appendLiteral("(")
    appendInterpolation(id)
    appendLiteral(", ")
    appendInterpolation(table.owner)
    appendLiteral(", ")
    appendInterpolation(table.node.id)
    appendLiteral(", LEFT(")
    appendInterpolation(table.node.name)
    appendLiteral(", 190), CONNECTION_ID(), LEFT(USER(), 190), UTC_TIMESTAMP(), 0)")
  }
}
