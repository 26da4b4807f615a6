import CeleryResults
import Logging
import MariaDBClient
import Synchronization
import TestSupport

@testable import CeleryResultsMariaDB

/// A follower of a server's binary log, and all that it has told.
final class PushLog: Sendable {
  private let told = Mutex<[PushedChange]>([])
  private let follower: BinaryLogFollower
  private let log = CollectedLog()

  /// Begins to follow.
  convenience init(_ database: ThrowawayDatabase) {
    self.init(database.configuration)
  }

  /// Begins to follow.
  init(_ configuration: MariaDBConnection.Configuration) {
    follower = BinaryLogFollower(configuration, logger: log.logger())
    follower.start { [self] change in
      told.withLock { $0.append(change) }
      return []
    }
  }

  var changes: [PushedChange] { told.withLock { $0 } }
  var messages: [String] { log.messages }

  /// The tasks of which it was told that they may be ready.
  var ids: [TaskID] {
    changes.flatMap { change -> [TaskID] in
      if case .ready(let ids) = change { return ids }
      return []
    }
  }

  func count(_ change: PushedChange) -> Int {
    changes.count { $0 == change }
  }

  struct NeverCame: Error {
    let changes: [PushedChange]
    let messages: [String]
  }

  /// Waits until something is so.
  ///
  /// - Throws: ``NeverCame`` when it is not so after a time that is long on any machine.
  func wait(until condition: (PushLog) -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(300)
    while !condition(self) {
      guard ContinuousClock.now < end else { throw NeverCame(changes: changes.suffix(5), messages: messages) }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Waits until it was told that it follows for the `count`th time.
  func waitUntilFollowing(_ count: Int = 1) async throws {
    try await wait { $0.count(.began) >= count }
  }

  func stop() async {
    await follower.stop()
  }
}
