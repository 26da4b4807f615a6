public import Logging
import Synchronization

/// Keeps what is logged.
public final class CollectedLog: Sendable {
  private let kept = Mutex<[String]>([])

  /// Makes an empty log.
  public init() {}

  /// The messages, the first one first.
  public var messages: [String] { kept.withLock { $0 } }

  /// A logger that writes here, messages of the given level and above.
  public func logger(_ level: Logger.Level = .info) -> Logger {
    var logger = Logger(label: "test", factory: { _ in Handler(log: self) })
    logger.logLevel = level
    return logger
  }

  private struct Handler: LogHandler {
    let log: CollectedLog
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      log.kept.withLock { $0.append("\(event.message)") }
    }
  }
}
