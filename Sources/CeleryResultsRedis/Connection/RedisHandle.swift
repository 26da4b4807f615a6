internal import CHiredis

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The blocking owner of one connection: it has one user at a time.
final class RedisHandle {
  private let context: UnsafeMutablePointer<redisContext>
  private let configuration: RedisConfiguration
  /// Whether the connection can no longer be used.
  private(set) var isBroken = false

  /// Connects.
  ///
  /// ``logIn()`` comes next.
  init(_ configuration: RedisConfiguration) throws(RedisError) {
    let timeout = configuration.connectTimeout.timeval
    let made =
      if let path = configuration.unixSocket {
        redisConnectUnixWithTimeout(path, timeout)
      } else {
        redisConnectWithTimeout(configuration.host, Int32(configuration.port), timeout)
      }
    guard let made else {
      throw RedisError(.connectionFailed, explanation: "there is no memory for a connection to Redis")
    }
    self.configuration = configuration
    context = made
    guard made.pointee.err == 0 else {
      throw RedisError(
        .connectionFailed,
        explanation: "no connection to the Redis server at \(configuration): \(message)",
        serverMessage: message
      )
    }
    BrokenPipe.ignore(on: socket)
    if configuration.unixSocket == nil { redisEnableKeepAlive(made) }
  }

  deinit { redisFree(context) }

  var socket: Int32 { context.pointee.fd }

  /// Logs in and chooses the database.
  func logIn() throws(RedisError) {
    redisSetTimeout(context, configuration.connectTimeout.timeval)
    var commands: [RedisCommand] = []
    if let password = configuration.password {
      commands.append(
        configuration.username.map { RedisCommand("AUTH", $0, password.value) }
          ?? RedisCommand("AUTH", password.value)
      )
    }
    if configuration.database != 0 { commands.append(RedisCommand("SELECT", "\(configuration.database)")) }
    for reply in try exchange(commands) {
      if case .error(let message) = reply { throw RedisError(reply: message, isLogin: true) }
    }
    redisSetTimeout(context, configuration.socketTimeout.timeval)
  }

  /// Sends commands at once, and reads the answer to each.
  ///
  /// - Throws: ``RedisError`` with the first error among the answers, once all have been read; or when the
  ///   connection is lost.
  func send(_ commands: [RedisCommand]) throws(RedisError) -> [RedisReply] {
    let replies = try exchange(commands)
    for reply in replies {
      if case .error(let message) = reply { throw RedisError(reply: message) }
    }
    return replies
  }

  private func exchange(_ commands: [RedisCommand]) throws(RedisError) -> [RedisReply] {
    for command in commands { try append(command) }
    var replies: [RedisReply] = []
    for _ in commands {
      var reply: UnsafeMutableRawPointer?
      let status = BrokenPipe.ignored { redisGetReply(context, &reply) }
      guard status == REDIS_OK, let reply else { throw lost() }
      defer { freeReplyObject(reply) }
      replies.append(RedisReply(UnsafePointer(reply.assumingMemoryBound(to: redisReply.self))))
    }
    return replies
  }

  private func append(_ command: RedisCommand) throws(RedisError) {
    let status = command.bytes.withUnsafeBytes { bytes in
      redisAppendFormattedCommand(
        context,
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
        bytes.count
      )
    }
    guard status == REDIS_OK else { throw lost() }
  }

  // MARK: Subscriptions

  /// Sends commands whose answers come as messages.
  func post(_ commands: [RedisCommand]) throws(RedisError) {
    for command in commands { try append(command) }
    var isDone: Int32 = 0
    while isDone == 0 {
      guard BrokenPipe.ignored({ redisBufferWrite(context, &isDone) }) == REDIS_OK else { throw lost() }
    }
  }

  /// Reads what has come, and blocks if nothing has.
  func messages() throws(RedisError) -> [RedisReply] {
    guard redisBufferRead(context) == REDIS_OK else { throw lost() }
    var messages: [RedisReply] = []
    while true {
      var reply: UnsafeMutableRawPointer?
      guard redisGetReplyFromReader(context, &reply) == REDIS_OK else { throw lost() }
      guard let reply else { return messages }
      defer { freeReplyObject(reply) }
      messages.append(RedisReply(UnsafePointer(reply.assumingMemoryBound(to: redisReply.self))))
    }
  }

  // MARK: Errors

  /// What the system says of the last failure: it holds no data.
  private var message: String {
    withUnsafeBytes(of: context.pointee.errstr) { text in
      String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private func lost() -> RedisError {
    let isTimeout = context.pointee.err == REDIS_ERR_IO && (errno == EAGAIN || errno == EWOULDBLOCK)
    isBroken = true
    if isTimeout {
      return RedisError(
        .timeout,
        explanation: "the Redis server at \(configuration) did not answer in time"
      )
    }
    let code: RedisError.Code = context.pointee.err == REDIS_ERR_PROTOCOL ? .protocolFailure : .connectionLost
    return RedisError(
      code,
      explanation: "the connection to the Redis server at \(configuration) was lost: \(message)",
      serverMessage: message
    )
  }
}

extension Duration {
  /// The time as the system's calls take it, at least a microsecond: none would wait for ever.
  fileprivate var timeval: CHiredis.timeval {
    let microseconds = max(1, components.attoseconds / 1_000_000_000_000)
    return CHiredis.timeval(tv_sec: .init(components.seconds), tv_usec: .init(microseconds))
  }
}
