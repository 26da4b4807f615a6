import Dispatch
import Synchronization

/// The way to stop one unit of work from another thread: by cancellation or because its time is over.
///
/// The server is told with `KILL QUERY` from a second connection. The unit of work does not end before that
/// has been answered, or the kill could hit the next statement on the connection.
final class QueryInterruption: Sendable {
  /// Why the work is to stop.
  enum Reason: Sendable {
    case cancelled
    case timedOut
  }

  private enum State {
    case waiting
    case running(stop: @Sendable () -> Void)
    case interrupted(Reason)
    case finished
  }

  private let state = Mutex(State.waiting)
  private let stops = DispatchGroup()

  /// The work begins.
  ///
  /// From here on ``interrupt(_:)`` calls `stop`, on a thread of its own, at most once.
  ///
  /// - Returns: False when it was interrupted before.
  func begin(stop: @escaping @Sendable () -> Void) -> Bool {
    state.withLock { state in
      guard case .waiting = state else { return false }
      state = .running(stop: stop)
      return true
    }
  }

  /// Asks the work to stop.
  ///
  /// Does not wait.
  func interrupt(_ reason: Reason) {
    state.withLock { state in
      switch state {
      case .waiting: state = .interrupted(reason)
      case .running(let stop):
        state = .interrupted(reason)
        // A queue of its own: a stop that waits for the network must not hold up the global ones.
        DispatchQueue(label: "QueryStop").async(group: stops, execute: stop)
      case .interrupted, .finished: break
      }
    }
  }

  /// Why the work is to stop, if it is.
  var reason: Reason? {
    state.withLock { state in
      guard case .interrupted(let reason) = state else { return nil }
      return reason
    }
  }

  /// The work is over.
  ///
  /// Blocks until a stop that is under way has been answered.
  ///
  /// - Returns: Why the work was interrupted, if it was.
  func finish() -> Reason? {
    let reason: Reason? = state.withLock { state in
      defer { state = .finished }
      guard case .interrupted(let reason) = state else { return nil }
      return reason
    }
    if reason != nil { stops.wait() }
    return reason
  }
}
