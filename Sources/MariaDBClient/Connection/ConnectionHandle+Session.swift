internal import CMariaDB

extension ConnectionHandle {
  /// Runs a closure in a transaction: committed when it returns, rolled back when it throws.
  ///
  /// Source: the MySQL manual's "START TRANSACTION, COMMIT, and ROLLBACK Statements".
  ///
  /// - Parameters:
  ///   - isolationLevel: The level of this transaction alone. Nil: the session's.
  ///   - body: What to do. It gets this connection.
  /// - Returns: What the closure returns.
  /// - Throws: What the closure throws; ``MariaDBError`` when a statement of the transaction itself fails. A
  ///   connection on which the rollback fails is broken: the server rolls back when it is closed.
  public func withTransaction<Result>(
    isolationLevel: IsolationLevel? = nil,
    _ body: (ConnectionHandle) throws -> Result
  ) throws -> Result {
    try begin(isolationLevel: isolationLevel)
    do {
      let result = try body(self)
      try commit()
      return result
    } catch {
      rollback()
      throw error
    }
  }

  func begin(isolationLevel: IsolationLevel?) throws {
    try checkUsable()
    guard !isInTransaction else {
      throw MariaDBError(
        .invalidStatement,
        explanation: "a transaction is open on this connection; transactions do not nest"
      )
    }
    if let isolationLevel {
      // It holds for the next transaction: should that not begin, the next borrower must not find it.
      let changedBefore = sessionChanged
      sessionChanged = true
      try send("SET TRANSACTION ISOLATION LEVEL \(isolationLevel.rawValue)")
      try send("START TRANSACTION")
      sessionChanged = changedBefore
    } else {
      try send("START TRANSACTION")
    }
  }

  func commit() throws {
    try checkUsable()
    try send("COMMIT")
  }

  /// Rolls back, also when the unit of work is to stop.
  ///
  /// A KILL QUERY that is on its way may hit the first try.
  func rollback() {
    guard !isBroken else { return }
    if (try? send("ROLLBACK")) == nil, !isBroken, (try? send("ROLLBACK")) == nil { isBroken = true }
  }

  /// Runs a closure in which no statement waits longer for a row that another transaction has locked.
  ///
  /// It does not nest.
  ///
  /// Source: the MySQL manual's "innodb_lock_wait_timeout".
  ///
  /// - Parameters:
  ///   - seconds: How long, where the session does not wait for less; at least 1.
  ///   - body: What to do. It gets this connection.
  /// - Returns: What the closure returns.
  /// - Throws: What the closure throws; ``MariaDBError``.
  package func withLockWaitTimeout<Result>(
    seconds: Int,
    _ body: (ConnectionHandle) throws -> Result
  ) throws -> Result {
    try checkUsable()
    let changedBefore = sessionChanged
    sessionChanged = true
    try send(
      """
      SET @lock_wait_timeout_before = @@innodb_lock_wait_timeout,
        innodb_lock_wait_timeout = CAST(LEAST(@@innodb_lock_wait_timeout, \(max(seconds, 1))) AS SIGNED)
      """
    )
    defer {
      // Where that fails, as after a loss of the connection, the session counts as changed.
      if (try? send("SET innodb_lock_wait_timeout = @lock_wait_timeout_before")) != nil {
        sessionChanged = changedBefore
      }
    }
    return try body(self)
  }

  /// Makes the session what it was after connecting: no variables, locks, temporary tables, transaction.
  ///
  /// Prepared statements end with it.
  ///
  /// Source: the MySQL manual's "mysql_reset_connection()".
  ///
  /// - Throws: ``MariaDBError`` when the server cannot; the connection is broken then.
  package func resetSession() throws(MariaDBError) {
    statements.removeAll()
    guard !isBroken else { throw MariaDBError(.connectionLost, explanation: "the connection is closed") }
    isBroken = true
    guard mysql_reset_connection(mysql) == 0 else { throw MariaDBError(connection: mysql) }
    // The database is part of the session, and a reset leaves it as it is.
    if let initialDatabase {
      guard mysql_select_db(mysql, initialDatabase) == 0 else { throw MariaDBError(connection: mysql) }
    } else {
      guard try send("SELECT DATABASE()").rows.first?.values == [.null] else {
        throw MariaDBError(
          .invalidStatement,
          explanation: "a database cannot be left again, only the connection"
        )
      }
    }
    try setUpSession()
    isBroken = false
    sessionChanged = false
  }

  /// What every session of this client has: UTF-8, autocommit, UTC, strictness, and the isolation level that was asked for.
  func setUpSession() throws(MariaDBError) {
    // Whatever an option file or the server's init_connect says: text is UTF-8, and a statement commits.
    var settings = "NAMES utf8mb4, autocommit = 1, time_zone = '+00:00'"
    if configuration.isStrict { settings += ", sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES')" }
    try send("SET \(settings)")
    if let level = configuration.isolationLevel {
      try send("SET SESSION TRANSACTION ISOLATION LEVEL \(level.rawValue)")
    }
  }

  /// Lets a KILL QUERY that came after its statement had ended hit a statement that does nothing.
  func absorbKill() {
    for _ in 0..<2 where !isBroken {
      do throws(MariaDBError) {
        try send("DO 0")
        return
      } catch {
        guard error.code == .queryInterrupted else {
          isBroken = true
          return
        }
      }
    }
  }
}
