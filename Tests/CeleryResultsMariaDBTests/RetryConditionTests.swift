import CeleryResults
import MariaDBClient
import Testing

@testable import CeleryResultsMariaDB

@Suite struct RetryConditionTests {
  /// Numbers after which nothing was done, and those after which nobody knows.
  static let passing: [UInt32] = [1213, 1205, 1040, 1203, 1836]
  static let lost: [UInt32] = [2006, 2013, 4031, 1053, 1927]
  static let lasting: [UInt32] = [1045, 1049, 1054, 1062, 1146, 1406, 1064, 1226, 1317, 3024, 2026, 1665]

  private func error(_ errno: UInt32, _ message: String = "") -> MariaDBError {
    MariaDBError(errno: errno, sqlState: "HY000", message: message)
  }

  @Test(arguments: passing)
  func `What the server has undone or refused is tried again whatever it was`(errno: UInt32) {
    #expect(RetryCondition.nothingDone.allows(error(errno)))
    #expect(RetryCondition.idempotent.allows(error(errno)))
  }

  @Test(arguments: lost)
  func `After a lost connection only what is idempotent is tried again`(errno: UInt32) {
    #expect(!RetryCondition.nothingDone.allows(error(errno)))
    #expect(RetryCondition.idempotent.allows(error(errno)))
  }

  @Test(arguments: [2002, 2003, 2006, 2013] as [UInt32])
  func `A connection that could not be made is tried again`(errno: UInt32) {
    var error = error(errno)
    error.code = .connectionFailed
    #expect(RetryCondition.nothingDone.allows(error))
  }

  @Test(arguments: lasting)
  func `What will not pass is not tried again`(errno: UInt32) {
    #expect(!RetryCondition.idempotent.allows(error(errno)))
  }

  @Test func `1290 passes when the server is read-only, 1047 when it is a node that is not ready`() {
    let readOnly = "The server is running with the --read-only option so it cannot execute this statement"
    #expect(RetryCondition.nothingDone.allows(error(1290, readOnly)))
    #expect(RetryCondition.nothingDone.allows(error(1290, "running with the --super-read-only option")))
    #expect(!RetryCondition.idempotent.allows(error(1290, "running with the --secure-file-priv option")))
    #expect(RetryCondition.nothingDone.allows(error(1047, "WSREP has not yet prepared node")))
    #expect(!RetryCondition.idempotent.allows(error(1047, "Unknown command")))
  }

  @Test func `A TLS handshake passes when the server went away during it, not when it was refused`() {
    let reset = "TLS/SSL error: Connection reset by peer (104)"
    #expect(RetryCondition.nothingDone.allows(error(2026, reset)))
    #expect(!RetryCondition.idempotent.allows(error(2026, "TLS/SSL error: certificate has expired")))
  }

  @Test func `No other kind of error is tried again`() {
    #expect(!RetryCondition.idempotent.allows(ResultError(.valueTooLong, message: "")))
    #expect(!RetryCondition.idempotent.allows(CancellationError()))
    #expect(!RetryCondition.idempotent.allows(MariaDBError(.acquireTimeout)))
    #expect(!RetryCondition.idempotent.allows(MariaDBError(.clientShutdown)))
    #expect(RetryCondition.idempotent.allows(MariaDBError(.connectionLost)))
  }
}
