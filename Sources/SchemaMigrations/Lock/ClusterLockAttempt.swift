import MariaDBClient

/// How one attempt to take a cluster's lock ended.
enum ClusterLockAttempt: Sendable {
  /// The lock is held now.
  case taken
  /// Nobody holds it any more: the next attempt may succeed.
  case free
  /// Another migration holds it, and a write of this connection went through.
  case held(ClusterLockTable.Row)
  /// Another node's statement, or the state of this node, was in the way.
  case refused(MariaDBError)

  /// Makes an attempt.
  init(_ table: ClusterLockTable, _ handle: ConnectionHandle) throws {
    do {
      if try Self.take(table, handle) {
        self = .taken
      } else {
        try table.writeWaiter(handle)
        self = try table.read(handle).map(Self.held) ?? .free
      }
    } catch let error as MariaDBError {
      guard Self.isOthers(error) else { throw error }
      self = error.code == .unknownTable ? .free : .refused(error)
    }
  }

  private static func take(_ table: ClusterLockTable, _ handle: ConnectionHandle) throws -> Bool {
    do {
      try table.insert(handle)
      return true
    } catch let error as MariaDBError {
      if error.code == .duplicateKey { return false }
      guard error.code == .unknownTable else { throw error }
      try table.create(handle)
      try table.insert(handle)
      return true
    }
  }

  /// Runs a closure.
  ///
  /// - Returns: Nil where another node's statement came first.
  static func unlessOthersWon<Result>(_ body: () throws -> Result) throws -> Result? {
    do {
      return try body()
    } catch let error as MariaDBError {
      guard isOthers(error), error.errno != notReady else { throw error }
      return nil
    }
  }

  /// ER_UNKNOWN_COM_ERROR: the node does not belong to the cluster at the moment.
  private static let notReady: UInt32 = 1047

  /// Whether an error says that others came first, or that the node is not ready: nothing was done, and it can
  /// be tried again.
  private static func isOthers(_ error: MariaDBError) -> Bool {
    if [.duplicateKey, .deadlock, .lockWaitTimeout, .queryInterrupted, .unknownTable].contains(error.code) {
      return true
    }
    // A row or a table changed under the statement (1020, 1412, 1615), or the commit was refused (1180).
    return [notReady, 1020, 1180, 1412, 1615].contains(error.errno)
  }
}
