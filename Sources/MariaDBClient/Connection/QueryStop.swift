internal import CMariaDB

/// Stops what runs on a connection, from another thread.
struct QueryStop: Sendable {
  private let configuration: MariaDBConnection.Configuration
  private let connectionID: UInt64
  /// The address of the `MYSQL`; it outlives every stop, see ``QueryInterruption/finish()``.
  private let address: UInt

  init(_ handle: ConnectionHandle) {
    var configuration = handle.configuration
    configuration.connectTimeout = min(configuration.connectTimeout, .seconds(3))
    configuration.readTimeout = .seconds(3)
    configuration.writeTimeout = .seconds(3)
    configuration.database = nil
    self.configuration = configuration
    connectionID = handle.connectionID
    address = UInt(bitPattern: handle.mysql)
  }

  /// Sends `KILL QUERY` on a second connection.
  ///
  /// Where that cannot be done the connection itself is cut, and the server goes on with the query until it
  /// notices.
  ///
  /// Source: the MySQL manual's "KILL Statement".
  func callAsFunction() {
    do throws(MariaDBError) {
      let second = try ConnectionHandle(configuration)
      try second.send("KILL QUERY \(connectionID)")
      second.close()
    } catch {
      guard error.errno != Self.noSuchThread else { return }
      if let mysql = UnsafeMutablePointer<MYSQL>(bitPattern: address) { mariadb_cancel(mysql) }
    }
  }

  private static let noSuchThread: UInt32 = 1094
}
