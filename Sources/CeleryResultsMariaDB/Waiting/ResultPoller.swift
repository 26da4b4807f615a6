#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import Synchronization

/// Where a poller asks.
protocol WaitingSource: Sendable {
  /// Answers a question with one statement.
  func answer(_ question: WaitingQuestion) async throws -> WaitingAnswer
}

/// Everybody in this process who waits for results of one backend: they share the questions.
///
/// ``WaitingTasks`` says what to ask; here it is asked, one question at a time on one connection, and those who wait
/// are told. While nobody waits there is no task and no question.
///
/// ``wake(_:)`` is for whoever learns of changes in another way, a store in this process among them, and
/// ``setPushed(_:)`` for who learns of all of them.
final class ResultPoller: Sendable {
  typealias Stream = AsyncThrowingStream<[TaskResult], any Error>

  /// Whom to tell.
  enum Receiver: Sendable {
    case caller(CheckedContinuation<TaskResult, any Error>)
    case stream(Stream.Continuation)
  }

  struct Timer {
    let instant: ContinuousClock.Instant
    let task: Task<Void, Never>
  }

  struct State {
    var tasks: WaitingTasks
    var receivers: [Int: Receiver] = [:]
    var lastWaiter = 0
    /// Where those who wait are asked for; nil while nobody waits.
    var source: (any WaitingSource)?
    var asking: Task<Void, Never>?
    var timer: Timer?
    var isShutDown = false
  }

  let state: Mutex<State>
  let date: @Sendable () -> Date

  /// Makes a poller.
  ///
  /// - Parameters:
  ///   - pace: How often to ask.
  ///   - date: The clock that the dates of changes are compared with.
  init(pace: WaitingPace, date: @escaping @Sendable () -> Date) {
    state = Mutex(State(tasks: WaitingTasks(pace: pace)))
    self.date = date
  }

  /// Waits until a task is ready.
  ///
  /// - Throws: `ResultError` with code `timeout` at the deadline; `CancellationError`; what the source throws;
  ///   `MariaDBError` with the code `clientShutdown`.
  func result(
    of id: TaskID,
    deadline: ContinuousClock.Instant?,
    from source: some WaitingSource
  ) async throws -> TaskResult {
    let waiter = newWaiter()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        add(waiter, .caller(continuation), for: [id], deadline: deadline, from: source)
      }
    } onCancel: {
      remove(waiter)
    }
  }

  /// Waits for several tasks, each named once.
  func results(
    of ids: [TaskID],
    deadline: ContinuousClock.Instant?,
    from source: some WaitingSource
  ) -> Stream {
    let (stream, continuation) = Stream.makeStream()
    guard !ids.isEmpty else {
      continuation.finish()
      return stream
    }
    let waiter = newWaiter()
    continuation.onTermination = { [self] _ in remove(waiter) }
    add(waiter, .stream(continuation), for: ids, deadline: deadline, from: source)
    return stream
  }

  /// Some tasks may be ready: those who wait for them are told as soon as it was read.
  ///
  /// It costs a look at a table in memory for each id, and nothing while nobody waits.
  func wake(_ ids: some Sequence<TaskID>) {
    update { state in
      state.tasks.wake(ids)
      return []
    }
  }

  /// Results were stored.
  ///
  /// They are looked at only while anybody waits: whoever comes later reads what is stored.
  func wake(stored results: some Sequence<(id: TaskID, state: TaskState)>) {
    guard isWaiting else { return }
    let ids = results.compactMap { $0.state.isReady ? $0.id : nil }
    if !ids.isEmpty { wake(ids) }
  }

  /// Every change is told by ``wake(_:)`` from now on, or no longer: then the questions stop but for the slow check
  /// of all ids, or begin again.
  func setPushed(_ isPushed: Bool) {
    update { state in
      state.tasks.setPushed(isPushed, at: .now)
      return []
    }
  }

  /// Whether anybody waits.
  var isWaiting: Bool { state.withLock { !$0.tasks.isEmpty } }

  /// Ends all waiting, and from here on none begins.
  func shutDown() {
    update { state in
      state.isShutDown = true
      return state.takeAll(failingWith: MariaDBError(.clientShutdown))
    }
  }
}
