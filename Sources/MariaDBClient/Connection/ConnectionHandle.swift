internal import CMariaDB

/// A blocking connection: every call returns when the server has answered.
///
/// It holds no lock, task or queue, so that it can be used alone, after `fork()` too, by one thread at a
/// time. In Swift's concurrency use ``MariaDBConnection``, which runs it away from the cooperative pool.
public final class ConnectionHandle {
  let mysql: UnsafeMutablePointer<MYSQL>
  let configuration: MariaDBConnection.Configuration
  var statements: StatementCache
  var parameters = ParameterBinding()
  /// Whether the server has refused a statement for many rows of parameters, as it will the next one.
  var refusesManyRows = false

  /// Whether something was left in the session that the next borrower must not find.
  package internal(set) var sessionChanged = false
  /// Whether the connection is lost, or in a state that nobody knows.
  public internal(set) var isBroken = false
  /// Asked before every statement; throws when the unit of work is to stop.
  var checkInterruption: (() throws -> Void)?

  /// The server's version as it states it, `10.11.19-MariaDB-0+deb12u1` or `9.7.4`.
  public let serverVersion: String
  /// The database that the connection began in.
  let initialDatabase: String?
  /// The server's number for this connection, as `KILL` takes it.
  public let connectionID: UInt64

  /// Connects and logs in.
  ///
  /// Blocks up to the connect timeout.
  ///
  /// - Parameter configuration: Where to connect, as whom, and for how long to wait.
  /// - Throws: ``MariaDBError`` with ``MariaDBError/Code/connectionFailed``,
  ///   ``MariaDBError/Code/accessDenied``, ``MariaDBError/Code/unknownDatabase``,
  ///   ``MariaDBError/Code/tlsFailed``, ``MariaDBError/Code/tlsUnavailable`` or
  ///   ``MariaDBError/Code/tooManyConnections``.
  public init(_ configuration: MariaDBConnection.Configuration) throws(MariaDBError) {
    self.configuration = configuration
    mysql = try Self.connect(configuration)
    statements = StatementCache(capacity: configuration.statementCacheCapacity)
    serverVersion = String(cString: mysql_get_server_info(mysql))
    connectionID = UInt64(mysql_thread_id(mysql))
    initialDatabase = mysql.pointee.db.map { String(cString: $0) }
    do {
      try setUpSession()
    } catch {
      close()
      throw error
    }
  }

  deinit {
    close()
  }

  private var isClosed = false

  /// Says good-bye to the server and frees the connection.
  ///
  /// Further calls do nothing.
  ///
  /// Inside ``MariaDBConnection/run(_:)`` the connection is closed when the closure has ended.
  public func close() {
    isBroken = true
    // A stop that is under way may still need the connection.
    guard !isClosed, checkInterruption == nil else { return }
    isClosed = true
    statements.removeAll()
    mysql_close(mysql)
  }

  /// The file descriptor of the socket.
  var socket: Int32 { mysql_get_socket(mysql) }

  /// The cipher of the connection, or nil when it is not encrypted.
  public var tlsCipher: String? {
    isClosed ? nil : mysql_get_ssl_cipher(mysql).map { String(cString: $0) }
  }

  /// Whether a transaction is open.
  public var isInTransaction: Bool {
    !isClosed && mysql.pointee.server_status & UInt32(SERVER_STATUS_IN_TRANS) != 0
  }

  /// Whether libmariadb keeps much memory for this connection: its buffer is as large as the largest packet that has
  /// come, and never becomes smaller.
  var holdsMuchMemory: Bool { !isClosed && mysql.pointee.net.max_packet > Self.keptPacketBytes }

  private static let keptPacketBytes: UInt = 4 << 20

  /// Refuses work on a connection that is gone or that is to stop.
  func checkUsable() throws {
    try checkInterruption?()
    guard !isBroken else {
      throw MariaDBError(.connectionLost, explanation: "the connection is closed")
    }
  }

  /// Notes what an error means for the connection, and passes it on.
  ///
  /// - Parameter start: When the statement was sent. libmariadb does not tell silence that was too long from
  ///   another loss.
  func noting(_ error: MariaDBError, since start: ContinuousClock.Instant) -> MariaDBError {
    var error = error
    // After the handshake an error of TLS is a loss like any other.
    if error.code == .tlsFailed { error.code = .connectionLost }
    // The server closes a connection that has sent too much, libmariadb one that has been sent too much.
    if error.code == .packetTooLarge { isBroken = true }
    guard error.isConnectionLost else { return error }
    isBroken = true
    if let timeout = configuration.readTimeout, start.duration(to: .now) >= timeout {
      error.explanation = "the connection was given up: no byte came within the read timeout of \(timeout)"
    }
    return error
  }
}
