import CeleryResults
import Dispatch
import Synchronization

/// Tells changes, and those that somebody still waits for a few times more.
///
/// The binary log tells of a transaction before the server shows it to others, as a rule by less than a millisecond:
/// who looks at once may look too early.
final class RepeatedChanges: Sendable {
  private static let delays: [DispatchTimeInterval] = [
    .milliseconds(3), .milliseconds(30), .milliseconds(300), .seconds(2),
  ]

  private let handler: BinaryLogFollower.Handler
  private let waiting = Mutex<[TaskID]>([])

  init(_ handler: @escaping BinaryLogFollower.Handler) {
    self.handler = handler
  }

  /// Tells a change.
  func tell(_ change: PushedChange) {
    let ids = handler(change)
    guard !ids.isEmpty else { return }
    let isFirst = waiting.withLock { waiting in
      defer { waiting += ids }
      return waiting.isEmpty
    }
    // What comes until the timer fires shares it.
    if isFirst {
      DispatchQueue.global().asyncAfter(deadline: .now() + Self.delays[0]) { [self] in
        let ids = waiting.withLock { waiting in
          defer { waiting = [] }
          return waiting
        }
        repeatChange(ids, delays: Self.delays.dropFirst())
      }
    }
  }

  private func repeatChange(_ ids: [TaskID], delays: ArraySlice<DispatchTimeInterval>) {
    let ids = handler(.ready(ids))
    guard let delay = delays.first, !ids.isEmpty else { return }
    DispatchQueue.global().asyncAfter(deadline: .now() + delay) { [self] in
      repeatChange(ids, delays: delays.dropFirst())
    }
  }
}
