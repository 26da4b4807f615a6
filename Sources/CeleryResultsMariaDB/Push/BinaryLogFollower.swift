import CeleryResults
import Dispatch
import Logging
import MariaDBClient
import Synchronization

/// Follows the server's binary log on a thread of its own, and tells which tasks have become ready.
///
/// After a loss it begins again at the end of the log. Where the log cannot be followed it says so once, and looks
/// again every few minutes: rights are granted and settings changed while a process runs.
final class BinaryLogFollower: Sendable {
  /// Gets what is told, on the follower's thread or another one, and returns the tasks that somebody waits for.
  typealias Handler = @Sendable (PushedChange) -> [TaskID]

  private let configuration: MariaDBConnection.Configuration
  private let logger: Logger
  private let stopping = BinaryLogStop()
  private let pause = DispatchSemaphore(value: 0)
  private let threads = DispatchGroup()
  private let hasStarted = Mutex(false)

  /// Makes a follower.
  ///
  /// - Parameters:
  ///   - configuration: Where the log is.
  ///   - logger: Is told what keeps it from being followed.
  init(_ configuration: MariaDBConnection.Configuration, logger: Logger) {
    self.configuration = configuration
    self.logger = logger
  }

  deinit {
    interrupt()
  }

  /// Begins; further calls do nothing.
  func start(_ handler: @escaping Handler) {
    let isFirst = hasStarted.withLock { hasStarted in
      defer { hasStarted = true }
      return !hasStarted
    }
    guard isFirst else { return }
    // Not the follower itself: it ends the thread when nobody holds it any more.
    let following = BinaryLogFollowing(
      configuration,
      stopping: stopping,
      pause: pause,
      changes: RepeatedChanges(handler),
      logger: logger
    )
    DispatchQueue(label: "BinaryLogFollower").async(group: threads) { following.run() }
  }

  /// Ends, and waits until the thread has ended.
  func stop() async {
    interrupt()
    await withCheckedContinuation { continuation in
      threads.notify(queue: .global()) { continuation.resume() }
    }
  }

  private func interrupt() {
    stopping.stop()
    pause.signal()
  }
}
