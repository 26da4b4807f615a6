/// An error of the Redis client, or of the server.
///
/// ``description`` holds no data and no password, so it can be logged. The server's own words, which may quote
/// a command, are in ``serverMessage`` and ``debugDescription``.
public struct RedisError: Error, Sendable {
  /// What went wrong, in terms that a caller can act on.
  public let code: Code
  /// What, where and what to do, without any data.
  public let explanation: String
  /// The server's or the system's message.
  ///
  /// It may quote data: do not log it.
  public let serverMessage: String?

  /// What went wrong.
  ///
  /// The set may grow.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String {
      case invalidConfiguration, connectionFailed, connectionLost, timeout, loginRefused, refused
      case protocolFailure, clientShutdown
    }

    private let value: Value

    /// The URL or another setting cannot be used.
    public static let invalidConfiguration = Code(value: .invalidConfiguration)
    /// No connection could be opened.
    public static let connectionFailed = Code(value: .connectionFailed)
    /// A connection was lost.
    public static let connectionLost = Code(value: .connectionLost)
    /// The server did not answer in time.
    public static let timeout = Code(value: .timeout)
    /// The server refused user, password or database.
    public static let loginRefused = Code(value: .loginRefused)
    /// The server refused a command: read-only, out of memory, still loading, or not allowed to this user.
    public static let refused = Code(value: .refused)
    /// The server's answer is not what the command gives.
    public static let protocolFailure = Code(value: .protocolFailure)
    /// The client was shut down.
    public static let clientShutdown = Code(value: .clientShutdown)

    /// The name of the code.
    public var description: String { value.rawValue }
  }

  init(_ code: Code, explanation: String, serverMessage: String? = nil) {
    self.code = code
    self.explanation = explanation
    self.serverMessage = serverMessage
  }

  /// What the server said against a command.
  ///
  /// The first word of its message, in capitals, is the kind of the error: the rest may quote the command.
  init(reply message: String, isLogin: Bool = false) {
    let kind = message.prefix { $0.isASCII && ($0.isUppercase || $0 == "_") }
    let login = ["NOAUTH", "WRONGPASS"].contains(kind) || isLogin
    let hint =
      switch kind {
      case "WRONGPASS": "user and password do not fit"
      case "NOAUTH": "it asks for a password"
      case "NOPERM":
        "this user may not do that: it needs get, mget, set, setex, del, watch, multi, exec, "
          + "publish and subscribe"
      case "READONLY": "it is a replica, which takes no changes"
      case "OOM": "its memory is full (maxmemory)"
      case "LOADING": "it is still loading its data; try again"
      case "MISCONF": "it cannot save its data to disk, and takes no changes"
      case "WRONGTYPE": "a key holds something that is no result"
      default: isLogin ? "it refused user, password or database" : "it refused a command"
      }
    self.init(
      login ? .loginRefused : .refused,
      explanation: "the Redis server: \(hint)" + (kind.isEmpty ? "" : " (\(kind))"),
      serverMessage: message
    )
  }

  /// Whether the connection on which this error came can no longer be used.
  public var isConnectionLost: Bool {
    code == .connectionLost || code == .connectionFailed || code == .timeout || code == .protocolFailure
  }
}

extension RedisError {
  /// Whether the same may succeed later, or on another connection.
  ///
  /// No connection, no answer in time, or a server that takes no commands now: a replica, which it may be since a
  /// failover, or one that still loads its data or has lost its primary.
  public var isTransient: Bool {
    switch code {
    case .connectionFailed, .connectionLost, .timeout: true
    case .refused: isOfAnotherServersTurn
    default: false
    }
  }

  /// Whether another server may do what this one has refused: after a failover a new connection finds it.
  var isOfAnotherServersTurn: Bool {
    let kind = serverMessage?.prefix { $0 != " " }
    return code == .refused
      && ["READONLY", "LOADING", "MASTERDOWN", "TRYAGAIN", "CLUSTERDOWN"].contains(kind)
  }
}

extension RedisError: CustomStringConvertible, CustomDebugStringConvertible {
  /// What happened, without any data.
  public var description: String { explanation }

  /// Everything that is known, the server's message included: for a debugger, not for a log.
  public var debugDescription: String {
    "RedisError(\(code): \(explanation)" + (serverMessage.map { "; \($0)" } ?? "") + ")"
  }
}
