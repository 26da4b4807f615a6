#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults

@testable import CeleryResultsMariaDB

/// Tasks that are waited for on a clock that jumps to what is due next.
struct WaitingSimulation {
  typealias Instant = ContinuousClock.Instant

  /// A question, and when it was asked.
  struct Asked {
    let time: Duration
    let question: WaitingQuestion

    /// How many ids it names; nil when it asks for changes.
    var idCount: Int? {
      if case .results(let ids) = question { ids.count } else { nil }
    }
  }

  let start: Instant
  var now: Instant
  var tasks: WaitingTasks
  /// What is there to be found by id.
  var stored: Set<TaskID> = []
  /// What the question for changes finds.
  var changes: [TaskID] = []
  /// Whom the answers have told.
  var deliveries: [WaitingTasks.Delivery] = []
  /// Who has waited in vain.
  var expired: [Int] = []

  init(interval: Duration = .milliseconds(50)) {
    start = .now
    now = start
    tasks = WaitingTasks(pace: WaitingPace(interval: interval))
  }

  /// One waits for each of some tasks.
  mutating func add(_ ids: [TaskID], deadline: Duration? = nil) {
    for id in ids {
      let waiter = tasks.waiterCount + 1
      tasks.add(waiter, for: [id], deadline: deadline.map { start.advanced(by: $0) }, at: now)
    }
  }

  static func result(_ id: TaskID) -> TaskResult {
    TaskResult(EncodedTaskResult(id: id, state: .success))
  }

  /// Lets the time pass; each question takes a millisecond.
  ///
  /// - Parameters:
  ///   - duration: How long.
  ///   - answer: Answers a question; nil answers it from what is stored and has changed.
  /// - Returns: What was asked.
  mutating func run(
    for duration: Duration,
    answer: (WaitingQuestion) -> WaitingAnswer? = { _ in nil }
  ) -> [Asked] {
    let end = now.advanced(by: duration)
    var asked: [Asked] = []
    while now < end {
      expired += tasks.takeExpired(at: now).map(\.waiter)
      let date = Date(timeIntervalSince1970: start.duration(to: now) / .seconds(1))
      if let question = tasks.nextQuestion(at: now, date: date) {
        asked.append(Asked(time: start.duration(to: now), question: question))
        now = now.advanced(by: .milliseconds(1))
        deliveries += tasks.answered(
          question,
          with: answer(question) ?? self.answer(question),
          at: now,
          after: .milliseconds(1)
        )
      } else {
        now = [tasks.nextQuestionTime, tasks.nextDeadline, end].compactMap { $0 }.min() ?? end
      }
    }
    return asked
  }

  private func answer(_ question: WaitingQuestion) -> WaitingAnswer {
    switch question {
    case .results(let ids): .results(ids.filter(stored.contains).map(Self.result))
    case .changes: .changes(changes, earliest: nil)
    }
  }
}
