public import Synchronization

/// What one task waits for and another gives, whichever comes first.
///
/// There is one for each result that is stored: it is a part of what owns it, and inlinable, so that those who use it
/// need no metadata of its type at run time. For that it is public, in a module of its own that no product exports.
public struct Promise<Value: Sendable>: ~Copyable, Sendable {
  /// Whoever leaves `awaited` resumes: it happens once, and checks that cost as much as all else are not needed.
  @usableFromInline
  enum State {
    case open
    case awaited(UnsafeContinuation<Value, any Error>)
    case kept(Result<Value, any Error>)
    case over
  }

  @usableFromInline
  let state: Mutex<State>

  /// Makes a promise that nobody waits for yet.
  @inlinable
  public init() {
    state = Mutex(.open)
  }

  /// Gives what is waited for; only the first call counts.
  @inlinable
  public borrowing func keep(_ outcome: Result<Value, any Error>) {
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
  @inlinable
  public borrowing func value(onCancel: @Sendable () -> Void) async throws -> Value {
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
