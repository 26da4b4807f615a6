#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import Synchronization

extension ResultPoller {
  /// The number of somebody who begins to wait.
  func newWaiter() -> Int {
    state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
  }

  /// Somebody begins to wait, unless the task in which that happens is cancelled already.
  func add(
    _ waiter: Int,
    _ receiver: Receiver,
    for ids: [TaskID],
    deadline: ContinuousClock.Instant?,
    from source: some WaitingSource
  ) {
    update { state in
      if state.isShutDown { return [.failure(receiver, MariaDBError(.clientShutdown))] }
      // After this a cancellation finds the waiter.
      if Task.isCancelled { return [.failure(receiver, CancellationError())] }
      state.receivers[waiter] = receiver
      state.source = source
      state.tasks.add(waiter, for: ids, deadline: deadline, at: .now)
      return []
    }
  }

  /// Somebody waits no longer.
  func remove(_ waiter: Int) {
    update { state in
      state.tasks.remove(waiter)
      return state.receivers.removeValue(forKey: waiter).map { [.failure($0, CancellationError())] } ?? []
    }
  }

  /// Changes what is waited for, tells who has to know, and sees to the next question.
  func update(_ change: (inout State) -> [Notice]) {
    let notices = state.withLock { state in
      let notices = change(&state)
      proceed(&state)
      return notices
    }
    for notice in notices { notice.deliver() }
  }

  /// Begins to ask when something is due, and sets the timer for what is due next.
  private func proceed(_ state: inout State) {
    guard !state.tasks.isEmpty, let source = state.source else {
      state.source = nil
      state.timer?.task.cancel()
      state.timer = nil
      // It ends soon, also where it tries again, and clears itself away.
      state.asking?.cancel()
      return
    }
    let now = ContinuousClock.now
    var next = state.tasks.nextDeadline
    if state.asking == nil {
      if state.tasks.isQuestionDue(at: now) {
        state.asking = Task.detached { [self] in await ask(source) }
      } else {
        next = [next, state.tasks.nextQuestionTime].compactMap { $0 }.min()
      }
    }
    guard let next else { return }
    if let timer = state.timer {
      if timer.instant <= next { return }
      timer.task.cancel()
    }
    let task = Task.detached { [self] in
      // Who cancels it has set another, or needs none.
      guard (try? await Task.sleep(until: next, clock: .continuous)) != nil else { return }
      update { state in
        if state.timer?.instant == next { state.timer = nil }
        return state.takeExpired()
      }
    }
    state.timer = Timer(instant: next, task: task)
  }

  /// Asks until nothing is due.
  private func ask(_ source: any WaitingSource) async {
    while let question = nextQuestion() {
      let start = ContinuousClock.now
      do {
        let answer = try await source.answer(question)
        update { $0.answered(question, with: answer, after: start.duration(to: .now)) }
      } catch {
        // Who cancels it finds nobody waiting; there may be somebody again.
        let isGivenUp = Task.isCancelled
        update { state in
          guard isGivenUp else { return state.takeAll(failingWith: error) }
          state.tasks.gaveUp(question)
          return []
        }
      }
    }
  }

  /// The next question for the task that asks; nil when nothing is due, and then that task is over.
  private func nextQuestion() -> WaitingQuestion? {
    state.withLock { state in
      if !Task.isCancelled, let question = state.tasks.nextQuestion(at: .now, date: date()) {
        return question
      }
      state.asking = nil
      proceed(&state)
      return nil
    }
  }
}
