internal import CMariaDB

extension ConnectionHandle {
  static func connect(
    _ configuration: MariaDBConnection.Configuration
  ) throws(MariaDBError) -> UnsafeMutablePointer<MYSQL> {
    guard configuration.tls.mode != .verifyCA || configuration.tls.authorityFile != nil else {
      throw MariaDBError(
        .invalidConfiguration,
        explanation: "ssl-mode=VERIFY_CA needs the authority's certificate: set ssl-ca to its file"
      )
    }
    // mysql_init initializes the library the first time, which is not thread-safe by itself.
    _ = libraryIsInitialized
    guard let mysql = mysql_init(nil) else {
      throw MariaDBError(.connectionFailed, explanation: "libmariadb has no memory for a connection")
    }
    set(options: configuration, on: mysql)
    let connected = mysql_real_connect(
      mysql,
      // A socket's path is used by libmariadb only when the host is the local one.
      configuration.unixSocket == nil ? configuration.host : "localhost",
      configuration.username,
      configuration.password?.value,
      configuration.database,
      UInt32(configuration.port ?? 0),
      configuration.unixSocket,
      // MULTI_RESULTS: a CALL may answer with several results. Affected rows are those really changed.
      UInt(CLIENT_MULTI_RESULTS)
    )
    guard connected != nil else {
      let error = failure(of: mysql, configuration)
      mysql_close(mysql)
      throw error
    }
    // libmariadb connects in plain text, and says nothing, when the server has no TLS.
    if configuration.tls.mode >= .required, mysql_get_ssl_cipher(mysql) == nil {
      mysql_close(mysql)
      throw MariaDBError(
        .tlsUnavailable,
        explanation: "TLS is required, but the server at \(configuration) offers none; "
          + "enable TLS on the server, or use ssl-mode=PREFERRED or DISABLED"
      )
    }
    guard keeps(configuration.tls, mysql) else {
      mysql_close(mysql)
      throw MariaDBError(
        .invalidConfiguration,
        explanation: "an option file changes how the server's certificate is checked; remove ssl-ca and "
          + "ssl-verify-server-cert from it"
      )
    }
    return mysql
  }

  /// Whether option files, which libmariadb reads last, have left the checks of the certificate as they were.
  private static func keeps(_ tls: TLSConfiguration, _ mysql: UnsafeMutablePointer<MYSQL>) -> Bool {
    guard tls.mode >= .verifyCA else { return true }
    let authority = mysql.pointee.options.ssl_ca.map { String(cString: $0) }
    guard tls.authorityFile == nil || tls.authorityFile == authority else { return false }
    var verifies: my_bool = 0
    mysql_get_option(mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verifies)
    return tls.mode < .verifyIdentity || verifies != 0
  }

  private static let libraryIsInitialized: Bool = mysql_server_init(0, nil, nil) == 0

  private static func set(
    options configuration: MariaDBConnection.Configuration,
    on mysql: UnsafeMutablePointer<MYSQL>
  ) {
    switch configuration.optionFiles.files {
    case .none: break
    case .standard: mysql_options(mysql, MYSQL_READ_DEFAULT_GROUP, configuration.optionFiles.group)
    case .file(let path):
      mysql_options(mysql, MYSQL_READ_DEFAULT_FILE, path)
      mysql_options(mysql, MYSQL_READ_DEFAULT_GROUP, configuration.optionFiles.group)
    }
    mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4")
    // A server must not be able to ask for files of this machine.
    var off: UInt32 = 0
    mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &off)

    var connectSeconds = configuration.connectTimeout.wholeSeconds
    mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connectSeconds)
    if var seconds = configuration.readTimeout?.wholeSeconds {
      mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &seconds)
    }
    if var seconds = configuration.writeTimeout?.wholeSeconds {
      mysql_options(mysql, MYSQL_OPT_WRITE_TIMEOUT, &seconds)
    }
    mysql_options4(mysql, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", configuration.programName)
    set(tls: configuration, on: mysql)
  }

  private static func set(
    tls configuration: MariaDBConnection.Configuration,
    on mysql: UnsafeMutablePointer<MYSQL>
  ) {
    let tls = configuration.tls
    // Encrypting a socket inside one machine costs time and guards nothing.
    let isLocal =
      configuration.unixSocket != nil || configuration.host == "localhost"
      || configuration.host == nil && configuration.optionFiles == .none
    guard tls.mode > .off, !(tls.mode == .preferred && isLocal) else { return }
    var on: my_bool = 1
    mysql_options(mysql, MYSQL_OPT_SSL_ENFORCE, &on)
    if let file = tls.authorityFile { mysql_options(mysql, MYSQL_OPT_SSL_CA, file) }
    if let file = tls.certificateFile { mysql_options(mysql, MYSQL_OPT_SSL_CERT, file) }
    if let file = tls.privateKeyFile { mysql_options(mysql, MYSQL_OPT_SSL_KEY, file) }
    // With an authority's file libmariadb checks the signature; with this option the host's name as well.
    var verifies: my_bool = tls.mode >= .verifyIdentity ? 1 : 0
    mysql_options(mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verifies)
  }

  private static func failure(
    of mysql: UnsafeMutablePointer<MYSQL>,
    _ configuration: MariaDBConnection.Configuration
  ) -> MariaDBError {
    var error = MariaDBError(connection: mysql)
    let place = "the server at \(configuration)"
    error.explanation =
      switch error.code {
      case .accessDenied: "\(place) refuses the user or the password"
      case .unknownDatabase: "\(place) does not have this database"
      case .tlsFailed: "the TLS connection to \(place) failed"
      case .tooManyConnections: "\(place) accepts no further connection"
      default: "cannot connect to \(place)"
      }
    // While connecting, a server that goes away was never reached.
    if error.code == .connectionLost { error.code = .connectionFailed }
    return error
  }
}

extension TLSConfiguration.Mode: Comparable {
  /// A mode is greater than another when it guards against more.
  public static func < (left: Self, right: Self) -> Bool {
    let order = Self.allCases
    return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
  }
}

extension Duration {
  /// Seconds, rounded up and at least 1, as libmariadb's timeouts are counted.
  var wholeSeconds: UInt32 {
    let (seconds, attoseconds) = components
    return UInt32(clamping: max(1, attoseconds > 0 ? seconds + 1 : seconds))
  }
}
