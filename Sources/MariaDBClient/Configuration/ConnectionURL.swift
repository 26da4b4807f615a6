extension MariaDBConnection.Configuration {
  /// The schemes that name a MySQL or MariaDB server, Celery's and SQLAlchemy's spellings included.
  public static let urlSchemes = [
    "mysql", "mariadb", "db+mysql", "db+mariadb", "mysql+mysqldb", "mysql+pymysql",
    "mariadb+mariadbconnector",
    "db+mysql+mysqldb", "db+mysql+pymysql", "db+mariadb+mariadbconnector", "db+mariadb+mysqldb",
    "db+mariadb+pymysql",
  ]

  /// Reads `mysql://user:password@host:port/database?unix_socket=/path&ssl-mode=REQUIRED`.
  ///
  /// User, password, host and database are percent-decoded. The query may hold `unix_socket`, `ssl-mode`
  /// (as the mysql client's), `ssl-ca`, `ssl-cert`, `ssl-key`, `connect_timeout`, `read_timeout`,
  /// `write_timeout` (seconds) and `charset` (only `utf8mb4`); in the names `-` and `_` are the same.
  ///
  /// - Parameter url: The URL.
  /// - Throws: ``MariaDBError`` with the code ``MariaDBError/Code/invalidConfiguration`` that names the part
  ///   that is wrong. The message never holds the password.
  public init(url: String) throws(MariaDBError) {
    self.init()
    guard let schemeEnd = url.firstRange(of: "://") else {
      throw .invalid(url: "it has no scheme; write mysql://user:password@host:port/database")
    }
    let scheme = url[..<schemeEnd.lowerBound].lowercased()
    guard Self.urlSchemes.contains(scheme) else {
      throw .invalid(url: "its scheme is not mysql, mariadb, db+mysql or db+mariadb")
    }
    let rest = url[schemeEnd.upperBound...]
    // The last @ before the path ends the password, so that an @ in it does no harm.
    let authorityEnd = rest.firstIndex { "/?".contains($0) } ?? rest.endIndex
    let authority = rest[..<authorityEnd]
    var location = rest[authorityEnd...]
    var hostAndPort = authority
    if let at = authority.lastIndex(of: "@") {
      hostAndPort = authority[authority.index(after: at)...]
      let credentials = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      username = try Self.decoded(credentials[0], part: "user name")
      if credentials.count == 2 { password = Password(try Self.decoded(credentials[1], part: "password")) }
    }
    try parse(hostAndPort: hostAndPort)

    if location.first == "/" { location = location.dropFirst() }
    let pathAndQuery = location.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    if let path = pathAndQuery.first, !path.isEmpty {
      guard !path.contains("/") else { throw .invalid(url: "its path must be one database's name") }
      database = try Self.decoded(path, part: "database")
    }
    if pathAndQuery.count == 2 {
      for item in pathAndQuery[1].split(separator: "&") { try parse(queryItem: item) }
    }
  }

  private mutating func parse(hostAndPort text: Substring) throws(MariaDBError) {
    var hostText = text
    var portText: Substring?
    if text.first == "[" {  // [::1]:3306
      guard let close = text.firstIndex(of: "]") else { throw .invalid(url: "its host has a [ without ]") }
      hostText = text[text.index(after: text.startIndex)..<close]
      let after = text[text.index(after: close)...]
      guard after.isEmpty || after.first == ":" else { throw .invalid(url: "its port must follow a colon") }
      portText = after.isEmpty ? nil : after.dropFirst()
    } else if let colon = text.lastIndex(of: ":") {
      hostText = text[..<colon]
      portText = text[text.index(after: colon)...]
    }
    host = hostText.isEmpty ? nil : try Self.decoded(hostText, part: "host")
    if let portText, !portText.isEmpty {
      guard let number = Int(portText), (1...65_535).contains(number) else {
        throw .invalid(
          url: "its port is not a number from 1 to 65535; percent-encode a / ? or : in the password"
        )
      }
      port = number
    }
  }

  private mutating func parse(queryItem item: Substring) throws(MariaDBError) {
    let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(pair[0])
    let value = pair.count == 2 ? try Self.decoded(pair[1], part: "value of \(name)") : ""
    switch String(name.map { $0 == "-" ? "_" : $0 }) {
    case "unix_socket": unixSocket = value
    case "ssl_ca":
      tls.authorityFile = value
      // Whoever names an authority wants the certificate checked, as SQLAlchemy's drivers do.
      if tls.mode == .preferred { tls.mode = .verifyCA }
    case "ssl_cert": tls.certificateFile = value
    case "ssl_key": tls.privateKeyFile = value
    case "ssl_mode":
      guard let mode = TLSConfiguration.Mode(rawValue: value.uppercased()) else {
        let modes = TLSConfiguration.Mode.allCases.map(\.rawValue).joined(separator: ", ")
        throw .invalid(url: "its ssl-mode is not one of \(modes)")
      }
      tls.mode = mode
    case "connect_timeout": connectTimeout = try Self.seconds(value, name: name)
    case "read_timeout": readTimeout = try Self.seconds(value, name: name)
    case "write_timeout": writeTimeout = try Self.seconds(value, name: name)
    case "charset":
      guard value.lowercased() == "utf8mb4" else {
        throw .invalid(url: "its charset must be utf8mb4: no other holds every character of a result")
      }
    default: throw .invalid(url: "it has a setting that is not known: \(name)")
    }
  }

  private static func decoded(_ text: Substring, part: String) throws(MariaDBError) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let digits = String(rest.prefix(2)), let decoded = UInt8(digits, radix: 16), digits.count == 2
      else {
        throw .invalid(
          url: "its \(part) has a % that two hexadecimal digits do not follow; write %25 for a %"
        )
      }
      bytes.append(decoded)
      rest = rest.dropFirst(2)
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else {
      throw .invalid(url: "its \(part) is not UTF-8 after percent-decoding")
    }
    return decoded
  }

  private static func seconds(_ text: String, name: String) throws(MariaDBError) -> Duration {
    guard let number = Int(text), number >= 1 else {
      throw .invalid(url: "its \(name) is not a whole number of seconds of at least 1")
    }
    return .seconds(number)
  }
}

extension MariaDBError {
  fileprivate static func invalid(url reason: String) -> MariaDBError {
    MariaDBError(.invalidConfiguration, explanation: "the server's URL cannot be used: \(reason)")
  }
}
