/// An error of the client, of libmariadb, or of the server.
///
/// ``description`` holds neither SQL nor parameters nor a password, so it can be logged. The server's own
/// words, which may quote data ("Duplicate entry 'x'"), are in ``serverMessage`` and
/// ``debugDescription``; ``description`` repeats them only for errors whose text is known to hold none.
///
/// Source: the MySQL manual's "Server Error Message Reference" and "Client Error Message Reference".
public struct MariaDBError: Error, Sendable {
  /// What went wrong, in terms that a caller can act on.
  public var code: Code
  /// The server's or libmariadb's error number (`mysql_errno`), where there is one.
  public var errno: UInt32?
  /// The SQLSTATE (`mysql_sqlstate`), where there is one.
  public var sqlState: String?
  /// The server's or libmariadb's message.
  ///
  /// It may quote data: do not log it.
  public var serverMessage: String?
  /// What the client adds: what, where and what to do.
  ///
  /// Holds no data.
  public var explanation: String?
  /// The error behind this one, where there is one.
  public var underlyingError: (any Error)?

  /// Makes an error of the client itself.
  ///
  /// - Parameters:
  ///   - code: What went wrong.
  ///   - explanation: What, where and what to do, without any data.
  ///   - underlyingError: The error behind this one.
  public init(_ code: Code, explanation: String? = nil, underlyingError: (any Error)? = nil) {
    self.code = code
    self.explanation = explanation
    self.underlyingError = underlyingError
  }

  /// Makes an error from what libmariadb reports after a call that failed.
  package init(errno: UInt32, sqlState: String, message: String) {
    self.code = Code(errno: errno)
    self.errno = errno
    self.sqlState = sqlState
    self.serverMessage = message
  }
}

extension MariaDBError {
  /// Whether the connection on which this error came can no longer be used.
  public var isConnectionLost: Bool {
    code == .connectionLost || code == .connectionFailed || code == .protocolFailure
  }

  /// Whether the server undid the transaction, or the statement, because of another one: a deadlock (1213) or
  /// a lock wait that timed out (1205).
  ///
  /// Doing the same again may succeed.
  public var isTransient: Bool {
    code == .deadlock || code == .lockWaitTimeout
  }
}

extension MariaDBError: CustomStringConvertible {
  /// The name of the code.
  public var description: String {
    var text = explanation ?? code.summary
    if let serverMessage, let errno, Self.messageHoldsNoData(errno: errno), serverMessage != explanation {
      text += ": " + serverMessage
    }
    guard let errno else { return text }
    return text + " (error \(errno)" + (sqlState.map { ", SQLSTATE \($0))" } ?? ")")
  }

  /// The errors whose message names tables, columns, users, hosts and limits, but never a value or a
  /// statement.
  ///
  /// Any other message stays out of `description`.
  private static func messageHoldsNoData(errno: UInt32) -> Bool {
    switch errno {
    case 2000...2999, 5000...5026:  // libmariadb's own
      true
    case 1007, 1008, 1040, 1044, 1045, 1046, 1049, 1050, 1051, 1053, 1054, 1061, 1071, 1072, 1091, 1118,
      1129, 1130, 1142, 1143, 1146, 1153, 1193, 1203, 1205, 1213, 1226, 1227, 1235, 1290, 1295, 1317,
      1364, 1406, 1524, 1637, 1665, 1694, 1698, 1709, 1792, 1820, 1836, 1862, 1910, 1927, 1969, 3024, 3118,
      3159, 3948, 4031:
      true
    default:
      false
    }
  }
}

extension MariaDBError: CustomDebugStringConvertible {
  /// Everything that is known, the server's message included: for a debugger, not for a log.
  public var debugDescription: String {
    var parts = ["code: \(code)"]
    if let errno { parts.append("errno: \(errno)") }
    if let sqlState { parts.append("sqlState: \(sqlState)") }
    if let serverMessage { parts.append("serverMessage: \(serverMessage)") }
    if let explanation { parts.append("explanation: \(explanation)") }
    if let underlyingError { parts.append("underlyingError: \(String(reflecting: underlyingError))") }
    return "MariaDBError(" + parts.joined(separator: ", ") + ")"
  }
}
