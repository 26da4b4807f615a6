import MariaDBClient

/// What must be known for a unit of work to be tried again after an error.
enum RetryCondition {
  /// To do it twice is to do it once: it is tried again also where nobody knows whether it was done, because the
  /// connection was lost.
  ///
  /// Reading is, and so is storing: each attempt sends the same values, dates included, and a row that has them
  /// already stays as it is (`EncodedTaskResult.merged(over:policy:)`). Forgetting is as well.
  case idempotent
  /// It is tried again only where the server has undone all of it or has refused to begin: what counts, or says
  /// what it has found.
  case nothingDone

  /// Whether a unit of work that failed with this error may be tried again.
  func allows(_ error: any Error) -> Bool {
    guard let error = error as? MariaDBError else { return false }
    return error.saysThatNothingWasDone || self == .idempotent && error.code == .connectionLost
  }
}

extension MariaDBError {
  /// A reason that passes, after which nothing of a unit of work is left.
  ///
  /// A deadlock (1213) and a lock wait that timed out (1205), where the work is one statement or rolls back; no
  /// connection (2002, 2003, one that was lost while it was made, or 1040 and 1203: too many); a server that
  /// takes no writes.
  ///
  /// Source: the MySQL manual's "Server Error Message Reference" and "Client Error Message Reference".
  fileprivate var saysThatNothingWasDone: Bool {
    if code == .deadlock || code == .lockWaitTimeout || isOfAnotherServersTurn { return true }
    return switch errno {
    case 1040, 1203: true
    case 2002, 2003, 1053, 2006, 2013, 2055: code == .connectionFailed
    case 2026: code == .tlsFailed && isLossDuringHandshake
    default: false
    }
  }

  /// A TLS handshake that ended because the server went away, and not because of a certificate: libmariadb's
  /// message has the system's number for a reset connection or a broken pipe, or OpenSSL's words.
  private var isLossDuringHandshake: Bool {
    ["(104)", "(32)", "unexpected eof"].contains { serverMessage?.contains($0) == true }
  }

  /// A server that takes no writes, or that is no member of its cluster: after a failover another one does.
  ///
  /// Read-only (1836, and 1290 when it names that option), or a Galera node that is not ready (1047).
  var isOfAnotherServersTurn: Bool {
    switch errno {
    case 1836: true
    case 1290: serverMessage?.contains("read-only") == true || serverMessage?.contains("read_only") == true
    case 1047: serverMessage?.contains("WSREP") == true
    default: false
    }
  }
}
