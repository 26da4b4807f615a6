extension MariaDBConnection {
  /// Where a connection goes, as whom, and how long it may take.
  ///
  /// What is nil is taken from the option files, if they are read, and else from libmariadb's defaults: the
  /// host `localhost`, which means the Unix socket, port 3306, and the name of the operating system's user.
  public struct Configuration: Sendable, Hashable {
    /// The host's name or address.
    ///
    /// `localhost` means the Unix socket, as with every MySQL client.
    public var host: String?
    /// The TCP port.
    public var port: Int?
    /// The path of the server's Unix socket.
    ///
    /// It wins over the host.
    public var unixSocket: String?
    /// The user's name on the server.
    public var username: String?
    /// The user's password.
    public var password: Password?
    /// The database that unqualified names are in.
    public var database: String?
    /// Encryption.
    ///
    /// Where TLS is only preferred, a connection to a Unix socket has none.
    public var tls: TLSConfiguration = .preferred
    /// The option files that are read.
    public var optionFiles: OptionFiles = .none

    /// The longest time for connecting and logging in.
    ///
    /// libmariadb counts whole seconds: it is rounded up.
    public var connectTimeout: Duration = .seconds(10)
    /// The longest time without a byte from the server.
    ///
    /// Nil: no limit. Whole seconds, rounded up. The connection is lost when it is over; for stopping slow
    /// queries use ``queryTimeout``.
    public var readTimeout: Duration? = .seconds(120)
    /// The longest time in which no byte can be sent.
    ///
    /// Nil: no limit. Whole seconds, rounded up.
    public var writeTimeout: Duration? = .seconds(120)
    /// The longest time for a query, or for a whole closure of ``MariaDBConnection/run(_:)``.
    ///
    /// When it is over the query is stopped on the server with `KILL QUERY` and the connection stays usable.
    /// Nil: no limit.
    public var queryTimeout: Duration?

    /// The isolation level of the session.
    ///
    /// Nil: the server's own default.
    public var isolationLevel: IsolationLevel?
    /// Whether a value that does not fit is an error, also where the server's own `sql_mode` would cut it.
    ///
    /// Source: the MySQL manual's "Strict SQL Mode".
    public var isStrict = true
    /// How many prepared statements a connection keeps; the least recently used goes first.
    public var statementCacheCapacity = 128
    /// The name that the server shows for this client in `performance_schema.session_connect_attrs`.
    public var programName = "swift-mariadb-client"

    /// Makes a configuration with libmariadb's defaults.
    public init() {}

    /// Makes a configuration for a host over TCP.
    public init(
      host: String,
      port: Int = 3306,
      username: String,
      password: Password? = nil,
      database: String? = nil
    ) {
      self.host = host
      self.port = port
      self.username = username
      self.password = password
      self.database = database
    }

    /// Makes a configuration for a server on this machine, over its Unix socket.
    public init(unixSocket: String, username: String, password: Password? = nil, database: String? = nil) {
      self.unixSocket = unixSocket
      self.username = username
      self.password = password
      self.database = database
    }
  }
}

extension MariaDBConnection.Configuration: CustomStringConvertible {
  /// Where the connection goes, without user and password: for messages.
  public var description: String {
    let place = unixSocket ?? ((host ?? "localhost") + (port.map { ":\($0)" } ?? ""))
    return place + (database.map { "/\($0)" } ?? "")
  }
}
