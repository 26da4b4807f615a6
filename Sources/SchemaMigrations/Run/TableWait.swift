import MariaDBClient

/// The patience with a transaction that uses a table.
///
/// The session waits only a short time for it, since everybody who comes later waits behind the one who waits: so
/// the statement is sent again and again.
struct TableWait {
  /// How long to try.
  let timeout: Duration
  /// Is given a line for the user each time.
  let tell: (String) -> Void

  /// Does something again as long as another transaction has the table.
  ///
  /// - Throws: What the closure throws, the lock wait that timed out once the time is over.
  func run<Result>(for table: String, _ body: () throws -> Result) throws -> Result {
    let clock = ContinuousClock()
    let end = clock.now + timeout
    while true {
      do {
        return try body()
      } catch {
        guard let busy = error as? MariaDBError, busy.code == .lockWaitTimeout, clock.now < end else {
          throw error
        }
        tell("waiting for a transaction that uses \(table)")
      }
    }
  }
}
