/// Where a Redis server is, as whom to log in, and how long to wait.
public struct RedisConfiguration: Sendable, Hashable {
  /// A password.
  ///
  /// It prints as dots, in descriptions, in mirrors and in the debugger alike.
  public struct Password: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible,
    CustomDebugStringConvertible, CustomReflectable
  {
    let value: String

    /// Makes a password of its text.
    public init(_ value: String) { self.value = value }
    /// Makes a password of its text.
    public init(stringLiteral value: String) { self.value = value }
    /// Nothing of the password.
    public var description: String { "•••" }
    /// Nothing of the password.
    public var debugDescription: String { "•••" }
    /// Nothing of the password.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }

  /// The host, by name or address.
  public var host = "localhost"
  /// The port.
  public var port = 6379
  /// The path of a Unix socket, which is used instead of host and port.
  public var unixSocket: String?
  /// The user, for servers with more users than one (Redis 6 and later).
  public var username: String?
  /// The password.
  public var password: Password?
  /// The number of the database.
  public var database = 0
  /// How long to wait for a connection.
  public var connectTimeout = Duration.seconds(10)
  /// How long to wait for the server in a command; `redis_socket_timeout` in Celery, whose default this is.
  public var socketTimeout = Duration.seconds(120)
  /// How many connections there are at most, beside the one on which changes are awaited.
  public var maximumConnections = 8
  /// For how long a lost connection on which changes are awaited is tried again before whoever waits gets an
  /// error.
  public var reconnectTimeout = Duration.seconds(60)

  /// Makes a configuration for a server on this machine, without a password.
  public init() {}
}

extension RedisConfiguration: CustomStringConvertible {
  /// Where the server is, without user and password.
  public var description: String {
    (unixSocket ?? "\(host):\(port)") + "/\(database)"
  }
}
