extension RedisConfiguration {
  /// The schemes that name a Redis server, as Celery writes them.
  public static let urlSchemes = ["redis", "redis+socket", "socket"]

  /// Reads a URL as Celery's `result_backend` has it.
  ///
  /// `redis://user:password@host:port/database`, or `redis+socket:///path/to/redis.sock?virtual_host=database`. User,
  /// password and host are percent-decoded. The query may hold `db`, `socket_timeout`,
  /// `socket_connect_timeout` (seconds) and `max_connections`. `health_check_interval`, `retry_on_timeout` and
  /// `socket_keepalive` count for nothing here: connections are looked at before use, and are kept alive.
  ///
  /// - Parameter url: The URL.
  /// - Throws: ``RedisError`` with the code `invalidConfiguration` that names the part that is wrong. The message
  ///   never holds the password.
  public init(url: String) throws(RedisError) {
    self.init()
    guard let schemeEnd = url.firstRange(of: "://") else {
      throw .invalid(url: "it has no scheme; write redis://user:password@host:port/database")
    }
    let scheme = url[..<schemeEnd.lowerBound].lowercased()
    if scheme == "rediss" {
      throw .invalid(
        url: "rediss:// asks for TLS, which this client cannot do; use a tunnel on this machine, as stunnel "
          + "makes one, with redis://"
      )
    }
    guard Self.urlSchemes.contains(scheme) else {
      throw .invalid(url: "its scheme is not redis, redis+socket or socket")
    }
    let rest = url[schemeEnd.upperBound...]
    // The last @ before the path ends the password, so that an @ in it does no harm.
    let authorityEnd = rest.firstIndex { "/?".contains($0) } ?? rest.endIndex
    let location = rest[authorityEnd...].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = location.first ?? ""
    try parse(authority: rest[..<authorityEnd])
    if scheme.hasSuffix("socket") {
      guard path.count > 1 else { throw .invalid(url: "it names no socket: write redis+socket:///path") }
      unixSocket = try Self.decoded(path, part: "path")
    } else if path.count > 1 {
      database = try Self.database(path.dropFirst())
    }
    if location.count == 2 {
      for item in location[1].split(separator: "&") { try parse(queryItem: item) }
    }
  }

  private mutating func parse(authority: Substring) throws(RedisError) {
    var hostAndPort = authority
    if let at = authority.lastIndex(of: "@") {
      hostAndPort = authority[authority.index(after: at)...]
      let credentials = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let name = try Self.decoded(credentials[0], part: "user name")
      username = name.isEmpty ? nil : name
      if credentials.count == 2, !credentials[1].isEmpty {
        password = Password(try Self.decoded(credentials[1], part: "password"))
      }
    }
    var hostText = hostAndPort
    var portText: Substring = ""
    if hostAndPort.first == "[" {  // [::1]:6379
      guard let close = hostAndPort.firstIndex(of: "]") else {
        throw .invalid(url: "its host has a [ without ]")
      }
      hostText = hostAndPort[..<close].dropFirst()
      portText = hostAndPort[close...].dropFirst()
      guard portText.isEmpty || portText.first == ":" else {
        throw .invalid(url: "its port must follow a colon")
      }
      portText = portText.dropFirst()
    } else if let colon = hostAndPort.lastIndex(of: ":") {
      hostText = hostAndPort[..<colon]
      portText = hostAndPort[colon...].dropFirst()
    }
    if !hostText.isEmpty { host = try Self.decoded(hostText, part: "host") }
    if !portText.isEmpty {
      guard let number = Int(portText), (1...65_535).contains(number) else {
        throw .invalid(
          url: "its port is not a number from 1 to 65535; percent-encode a / ? or : in the password"
        )
      }
      port = number
    }
  }

  private mutating func parse(queryItem item: Substring) throws(RedisError) {
    let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(pair[0])
    let value = pair.count == 2 ? pair[1] : ""
    switch name {
    case "db", "virtual_host": database = try Self.database(value.drop { $0 == "/" })
    case "socket_timeout": socketTimeout = try Self.seconds(value, name: name)
    case "socket_connect_timeout": connectTimeout = try Self.seconds(value, name: name)
    case "max_connections":
      guard let number = Int(value), number >= 1 else {
        throw .invalid(url: "its max_connections is not a whole number of at least 1")
      }
      maximumConnections = number
    case "health_check_interval", "retry_on_timeout", "socket_keepalive": break
    case _ where name.hasPrefix("ssl_"):
      throw .invalid(url: "\(name) asks for TLS, which this client cannot do")
    // The name is not repeated: it may be a part of a password with a ? in it.
    default:
      throw .invalid(url: "its query has a setting that is not known; percent-encode a ? in the password")
    }
  }

  private static func database(_ text: Substring) throws(RedisError) -> Int {
    guard !text.isEmpty else { return 0 }
    guard let number = Int(text), number >= 0 else {
      throw .invalid(url: "its database is not a number; percent-encode a / in the password")
    }
    return number
  }

  private static func seconds(_ text: Substring, name: String) throws(RedisError) -> Duration {
    guard let number = Double(text), number > 0, number <= 1_000_000_000 else {
      throw .invalid(url: "its \(name) is not a number of seconds above 0")
    }
    return .seconds(number)
  }

  private static func decoded(_ text: Substring, part: String) throws(RedisError) -> String {
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
    guard let decoded = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw .invalid(url: "its \(part) is not text after percent-decoding")
    }
    return decoded
  }
}

extension RedisError {
  fileprivate static func invalid(url reason: String) -> RedisError {
    RedisError(.invalidConfiguration, explanation: "the Redis server's URL cannot be used: \(reason)")
  }
}
