#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import Testing

@testable import CeleryResultsMariaDB

/// How waiting ends without a result.
@Suite struct WaitingEndTests {
  @Test func `Who waits no longer leaves nothing behind`() {
    var tasks = WaitingTasks(pace: WaitingPace())
    let now = ContinuousClock.now
    for waiter in 1...3 {
      tasks.add(
        waiter,
        for: ["a", TaskID("own-\(waiter)")],
        deadline: now.advanced(by: .seconds(9)),
        at: now
      )
    }
    tasks.remove(2)
    #expect(Set(tasks.entries.keys) == ["a", "own-1", "own-3"])
    #expect(tasks.entries["a"]?.waiters == [1, 3])
    tasks.remove(1)
    tasks.remove(3)
    #expect(tasks.isEmpty && tasks.entries.isEmpty && tasks.toLookAt.isEmpty)
    #expect(tasks.deadlineCount == 0 && tasks.nextDeadline == nil && tasks.nextQuestionTime == nil)
  }

  @Test func `Deadlines of those who wait no longer do not pile up`() {
    var tasks = WaitingTasks(pace: WaitingPace())
    let now = ContinuousClock.now
    tasks.add(0, for: ["x"], deadline: now.advanced(by: .seconds(3_600)), at: now)
    for waiter in 1...10_000 {
      tasks.add(waiter, for: ["a"], deadline: now.advanced(by: .seconds(3_600)), at: now)
      tasks.remove(waiter)
    }
    #expect(tasks.deadlineCount <= 100)
    #expect(tasks.nextDeadline != nil)
  }

  @Test func `Ids do not pile up while a question gets no answer`() {
    var tasks = WaitingTasks(pace: WaitingPace())
    tasks.add(0, for: ["x"], deadline: nil, at: .now)
    for waiter in 1...10_000 {
      tasks.add(waiter, for: ["a"], deadline: nil, at: .now)
      tasks.remove(waiter)
    }
    #expect(tasks.toLookAt.count <= 1_030)
    #expect(tasks.nextQuestion(at: .now, date: .now) == .results(["x"]))
  }

  @Test func `At the deadline the waiting ends, and shortly before it is looked once more`() {
    var simulation = WaitingSimulation(interval: .seconds(60))
    simulation.add(["a"], deadline: .seconds(10))
    simulation.add(["b"])
    #expect(simulation.run(for: .seconds(20)).map(\.time) == [.zero, .seconds(9)])
    #expect(simulation.expired == [1])
    #expect(simulation.tasks.waiterCount == 1)
  }

  @Test func `A task that is ready at the last look is told`() {
    var simulation = WaitingSimulation(interval: .seconds(60))
    simulation.add(["a"], deadline: .seconds(10))
    _ = simulation.run(for: .seconds(1))
    simulation.stored = ["a"]
    #expect(simulation.run(for: .seconds(20)).count == 1)
    #expect(simulation.deliveries.map(\.waiter) == [1])
    #expect(simulation.expired.isEmpty)
  }

  @Test func `The last look is an interval before the deadline, and later when little time is left`() {
    let now = ContinuousClock.now
    for (deadline, look) in [
      (Duration.seconds(10), Duration.milliseconds(9_950)), (.milliseconds(100), .milliseconds(90)),
    ] {
      var deadlines = WaitDeadlines()
      deadlines.insert(now.advanced(by: deadline), of: 1, now: now, interval: .milliseconds(50))
      #expect(deadlines.next == now.advanced(by: look))
      #expect(deadlines.takeDue(at: now.advanced(by: deadline)).map(\.kind) == [.lastLook, .deadline])
    }
  }
}
