import Synchronization

/// What one task waits for and another gives, whichever comes first.
package final class Promise<Value: Sendable>: Sendable {
  /// Whoever leaves `awaited` resumes: it happens once, and checks that cost as much as all else are not needed.
  private enum State {
    case open
    case awaited(UnsafeContinuation<Value, any Error>)
    case kept(Result<Value, any Error>)
    case over
  }

  private let state = Mutex(State.open)

  package init() {}

  /// Gives what is waited for; only the first call counts.
  package func keep(_ outcome: Result<Value, any Error>) {
    let continuation = state.withLock { state -> UnsafeContinuation<Value, any Error>? in
      switch state {
      case .open:
        state = .kept(outcome)
        return nil
      case .awaited(let continuation):
        state = .over
        return continuation
      case .kept, .over: return nil
      }
    }
    continuation?.resume(with: outcome)
  }

  /// Waits for it, once.
  ///
  /// - Parameter onCancel: Is called when the task is cancelled. The wait ends only when something is given.
  /// - Throws: The error that was given.
  package func value(onCancel: @Sendable () -> Void) async throws -> Value {
    try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { continuation in
        let outcome = state.withLock { state -> Result<Value, any Error>? in
          guard case .kept(let outcome) = state else {
            state = .awaited(continuation)
            return nil
          }
          state = .over
          return outcome
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      onCancel()
    }
  }
}
