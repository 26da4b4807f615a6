import CeleryResults
import Synchronization

/// Which version of each task was begun to be stored, and which was acknowledged.
final class StoredVersions: Sendable {
  struct Version {
    var begun = 0
    var acknowledged = 0
  }

  private let versions = Mutex<[TaskID: Version]>([:])

  var all: [TaskID: Version] { versions.withLock { $0 } }

  var hasAcknowledged: Bool { versions.withLock { $0.values.contains { $0.acknowledged > 0 } } }

  func begin(_ id: TaskID, _ version: Int) {
    versions.withLock { $0[id, default: Version()].begun = version }
  }

  func end(_ id: TaskID, _ version: Int) {
    versions.withLock { $0[id, default: Version()].acknowledged = version }
  }
}
