import CeleryResults

/// The id of a task, with its hash: a batch looks for it several times, and inside a lock.
struct HashedTaskID: Hashable, Sendable {
  let id: TaskID
  private let hash: Int

  init(_ id: TaskID) {
    self.id = id
    hash = id.hashValue
  }

  static func == (left: Self, right: Self) -> Bool {
    left.hash == right.hash && left.id == right.id
  }

  func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
