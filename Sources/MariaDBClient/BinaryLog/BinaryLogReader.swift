internal import CMariaDB

/// Follows a server's binary log on a connection of its own, as a replica does.
///
/// Its calls block: it belongs on a thread of its own. Another thread ends it with ``BinaryLogStop``.
///
/// It needs the privileges `REPLICATION SLAVE` and `REPLICATION CLIENT`.
package final class BinaryLogReader {
  /// The connection, for statements before ``begin(at:_:)``.
  package let handle: ConnectionHandle
  private let stop: BinaryLogStop
  private var decoder: BinaryLogDecoder?

  /// After so long without an event the server says that it is still there.
  private static let heartbeatSeconds = 10

  /// Connects.
  ///
  /// - Parameters:
  ///   - configuration: Where to connect, and as whom. The read timeout is the reader's own.
  ///   - stop: Ends the reading from another thread.
  /// - Throws: ``MariaDBError``; `CancellationError` when the reading was ended before.
  package init(_ configuration: MariaDBConnection.Configuration, stop: BinaryLogStop) throws {
    var configuration = configuration
    configuration.connectTimeout = min(configuration.connectTimeout, .seconds(3))
    configuration.readTimeout = .seconds(3 * Self.heartbeatSeconds)
    configuration.queryTimeout = nil
    if stop.isStopped { throw CancellationError() }
    let handle = try ConnectionHandle(configuration)
    self.handle = handle
    self.stop = stop
    guard stop.attach(handle.mysql) else {
      handle.close()
      throw CancellationError()
    }
  }

  deinit {
    close()
  }

  /// Closes the connection.
  package func close() {
    stop.detach()
    // Nobody reads the rest of a dump: there is no good-bye that the server would hear.
    handle.close()
  }

  /// Where the log ends, and for which databases it is kept.
  ///
  /// - Throws: ``MariaDBError`` with the code ``MariaDBError/Code/binaryLogUnreadable`` where the server keeps none.
  package func status() throws -> BinaryLogStatus {
    let rows: [MariaDBRow]
    if handle.serverVersion.contains("MariaDB") {
      rows = try handle.query(text: "SHOW MASTER STATUS").rows
    } else {
      do {
        rows = try handle.query(text: "SHOW BINARY LOG STATUS").rows
      } catch let error as MariaDBError where error.errno == UInt32(ER_PARSE_ERROR) {
        rows = try handle.query(text: "SHOW MASTER STATUS").rows  // before MySQL 8.2
      }
    }
    guard let row = rows.first else {
      throw MariaDBError(.binaryLogUnreadable, explanation: "the server keeps no binary log (log_bin is off)")
    }
    return try BinaryLogStatus(row)
  }

  /// Begins to follow the log.
  ///
  /// From here on the connection serves nothing else.
  ///
  /// - Parameters:
  ///   - position: Where a transaction begins.
  ///   - selection: The table whose rows are wanted.
  /// - Throws: ``MariaDBError``.
  package func begin(at position: BinaryLogPosition, _ selection: BinaryLogSelection) throws {
    guard position.offset <= UInt64(UInt32.max) else {
      throw MariaDBError(.server, explanation: "the binary log's file is too large to be followed at its end")
    }
    let period = Self.heartbeatSeconds * 1_000_000_000
    // Each server reads the variables that it knows.
    try handle.query(
      text: """
        SET @master_binlog_checksum = @@global.binlog_checksum, @source_binlog_checksum = @@global.binlog_checksum, \
        @master_heartbeat_period = \(period), @source_heartbeat_period = \(period), @mariadb_slave_capability = 4
        """
    )
    try requestDump(at: position)
    decoder = BinaryLogDecoder(selection, at: position)
  }

  private func requestDump(at position: BinaryLogPosition) throws(MariaDBError) {
    // Two replicas with the same number throw each other out: one from the range that nobody chooses by hand.
    let serverID = UInt32.random(in: 0x8000_0000...0xFFFF_FFFE)
    guard
      let rpl = CMariaDB_rpl_init(
        handle.mysql,
        position.file,
        position.file.utf8.count,
        UInt(position.offset),
        serverID,
        handle.configuration.programName
      )
    else {
      throw MariaDBError(.server, explanation: "libmariadb cannot follow a binary log here")
    }
    defer { mariadb_rpl_close(rpl) }
    guard mariadb_rpl_open(rpl) == 0 else { throw MariaDBError(connection: handle.mysql) }
  }

  /// The next event; waits for it.
  ///
  /// libmariadb's own `mariadb_rpl_fetch` is not used: it gives up at events that it does not know, reads MariaDB's
  /// compressed rows wrongly where there are no checksums, and copies each event twice.
  ///
  /// - Throws: ``MariaDBError``; `CancellationError` when the reading was ended.
  package func next() throws -> BinaryLogEvent {
    let length = mysql_net_read_packet(handle.mysql)
    if stop.isStopped { throw CancellationError() }
    let errno = mysql_errno(handle.mysql)
    guard length != UInt.max, errno == 0 else { throw MariaDBError(connection: handle.mysql) }
    guard let bytes = handle.mysql.pointee.net.read_pos, length > 0, bytes[0] == 0 else {
      throw MariaDBError(.connectionLost, explanation: "the server has ended the binary log")
    }
    let event = UnsafeRawBufferPointer(start: bytes + 1, count: Int(length) - 1)
    guard let result = try decoder?.decode(event) else {
      throw MariaDBError(.invalidStatement, explanation: "the reading of the binary log has not begun")
    }
    return result
  }

  /// Where the next event begins.
  package var position: BinaryLogPosition? { decoder?.position }
}
