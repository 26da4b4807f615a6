internal import Dispatch
internal import Logging

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The one connection on which everybody waits for changes: `SUBSCRIBE` to the channels of their keys.
///
/// A lost connection is opened again while somebody waits, who then looks once more.
///
/// Source: the Redis manual's "Pub/sub".
final actor RedisSubscriber {
  typealias Changes = AsyncThrowingStream<[String], any Error>

  private nonisolated let executor = RedisExecutor()
  private let configuration: RedisConfiguration
  private let logger: Logger
  private var handle: RedisHandle?
  private var watch: SocketWatch?
  private var listeners: [String: [Int: Changes.Continuation]] = [:]
  private var lastListener = 0
  private var isReconnecting = false
  private var isShutDown = false

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(_ configuration: RedisConfiguration, logger: Logger) {
    self.configuration = configuration
    self.logger = logger
  }

  /// How many channels are subscribed to.
  var channelCount: Int { listeners.count }

  /// Tells on which of some channels something was published.
  ///
  /// The server's word that it has subscribed to a channel counts as well: what is read then misses nothing.
  func changes(on channels: [String]) throws -> Changes {
    guard !isShutDown else { throw RedisError.shutDown }
    let (stream, continuation) = Changes.makeStream()
    lastListener += 1
    let listener = lastListener
    for channel in channels { listeners[channel, default: [:]][listener] = continuation }
    continuation.onTermination = { [weak self] _ in
      guard let self else { return }
      Task { await self.remove(listener, from: channels) }
    }
    // While the connection is being opened again, that will subscribe to these as well.
    guard !isReconnecting else { return stream }
    do throws(RedisError) {
      if handle == nil { try connect() } else { try subscribe(channels) }
    } catch {
      guard error.code == .connectionLost else {
        continuation.finish(throwing: error)
        throw error
      }
      lost(error)
    }
    return stream
  }

  private func remove(_ listener: Int, from channels: [String]) {
    var unused: [String] = []
    for channel in channels {
      listeners[channel]?[listener] = nil
      if listeners[channel]?.isEmpty == true {
        listeners[channel] = nil
        unused.append(channel)
      }
    }
    guard !unused.isEmpty, let handle else { return }
    do {
      try handle.post([RedisCommand("UNSUBSCRIBE", unused.map { Array($0.utf8) })])
    } catch {
      lost(error)
    }
  }

  /// Everybody who waits gets an error from here on.
  func shutDown() {
    isShutDown = true
    fail(with: RedisError.shutDown)
    close()
  }

  // MARK: The connection

  /// Opens the connection and subscribes to all channels.
  private func connect() throws(RedisError) {
    let handle = try RedisHandle(configuration)
    try handle.logIn()
    self.handle = handle
    watch = SocketWatch(handle.socket, on: executor.queue) { [weak self] in
      self?.assumeIsolated { $0.receive() }
    }
    logger.debug("waiting for changes on a connection to Redis", metadata: ["server": "\(configuration)"])
    try subscribe(Array(listeners.keys))
  }

  private func subscribe(_ channels: [String]) throws(RedisError) {
    guard let handle, !channels.isEmpty else { return }
    try handle.post([RedisCommand("SUBSCRIBE", channels.map { Array($0.utf8) })])
  }

  private func close() {
    watch = nil
    handle = nil
  }

  /// Reads what has come, and wakes whom it concerns.
  private func receive() {
    guard let handle else { return }
    do {
      // What has come together is told together.
      var changes: [Int: (listener: Changes.Continuation, channels: [String])] = [:]
      for message in try handle.messages() {
        if case .error(let text) = message { throw RedisError(reply: text) }
        guard case .array(let parts) = message, parts.count >= 2, case .string(let kind) = parts[0],
          case .string(let name) = parts[1], kind != Array("unsubscribe".utf8)
        else { continue }
        let channel = String(decoding: name, as: UTF8.self)
        for (number, listener) in listeners[channel, default: [:]] {
          changes[number, default: (listener, [])].channels.append(channel)
        }
      }
      for (listener, channels) in changes.values { listener.yield(channels) }
    } catch let error as RedisError where error.code == .connectionLost {
      lost(error)
    } catch {
      close()
      fail(with: error)
    }
  }

  private func fail(with error: any Error) {
    let failed = listeners.values.flatMap(\.values)
    listeners = [:]
    for listener in failed { listener.finish(throwing: error) }
  }

  private func lost(_ error: RedisError) {
    close()
    guard !listeners.isEmpty, !isReconnecting, !isShutDown else { return }
    logger.debug("the connection to Redis was lost, and is opened anew", metadata: ["error": "\(error)"])
    isReconnecting = true
    Task { await reconnect() }
  }

  /// Tries again and again to open the connection, as long as somebody waits.
  private func reconnect() async {
    defer { isReconnecting = false }
    let deadline = ContinuousClock.now + configuration.reconnectTimeout
    var pause = Duration.milliseconds(50)
    while !listeners.isEmpty, !isShutDown {
      do throws(RedisError) {
        return try connect()
      } catch {
        close()
        guard error.isConnectionLost || error.code == .refused, ContinuousClock.now < deadline else {
          return fail(with: error)
        }
      }
      try? await Task.sleep(for: pause)
      pause = min(pause * 2, .seconds(2))
    }
  }
}

/// Calls a closure on a queue when there is something to read from a socket.
private final class SocketWatch {
  private let source: any DispatchSourceRead

  init(_ socket: Int32, on queue: DispatchQueue, _ body: @escaping @Sendable () -> Void) {
    // A descriptor of its own: the source ends later than the connection is closed.
    let descriptor = dup(socket)
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    source.setEventHandler(handler: body)
    source.setCancelHandler { _ = close(descriptor) }
    source.activate()
  }

  deinit { source.cancel() }
}
