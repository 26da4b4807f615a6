import Dispatch
import Synchronization

/// Interrupts units of work of one connection whose time is over, with at most one timer at any time however
/// many there are.
final class QueryDeadline: Sendable {
  private struct State {
    var work: QueryInterruption?
    var end: ContinuousClock.Instant?
    var timerIsSet = false
  }

  private let timeout: Duration
  private let state = Mutex(State())

  init(timeout: Duration) {
    self.timeout = timeout
  }

  /// A unit of work begins.
  func begin(_ work: QueryInterruption) {
    let setsTimer = state.withLock { state in
      state.work = work
      state.end = .now + timeout
      defer { state.timerIsSet = true }
      return !state.timerIsSet
    }
    if setsTimer { setTimer(after: timeout) }
  }

  /// The unit of work has ended.
  func end() {
    state.withLock { state in
      state.work = nil
      state.end = nil
    }
  }

  private func setTimer(after delay: Duration) {
    let seconds = min(delay / .seconds(1), 86_400)
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { [weak self] in
      self?.timerFired()
    }
  }

  private func timerFired() {
    let (late, rest): (QueryInterruption?, Duration?) = state.withLock { state in
      guard let end = state.end else {
        state.timerIsSet = false
        return (nil, nil)
      }
      let rest = ContinuousClock.now.duration(to: end)
      guard rest > .zero else {
        state.timerIsSet = false
        return (state.work, nil)
      }
      return (nil, rest)
    }
    late?.interrupt(.timedOut)
    if let rest { setTimer(after: rest) }
  }
}
