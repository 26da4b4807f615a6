#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import Testing

@testable import CeleryResultsMariaDB

@Suite struct WaitingTasksTests {
  static func ids(_ count: Int) -> [TaskID] { (0..<count).map { TaskID("task-\($0)") } }

  @Test func `New tasks are looked for in one question, and in pieces when they are many`() {
    var few = WaitingSimulation()
    few.add(Self.ids(3))
    #expect(few.run(for: .milliseconds(10)).map(\.idCount) == [3])
    var many = WaitingSimulation()
    many.add(Self.ids(2_500))
    #expect(many.run(for: .milliseconds(10)).map(\.idCount) == [1_024, 1_024, 452])
  }

  @Test(arguments: [1, 128])
  func `Few tasks are asked for by their ids at each interval`(count: Int) {
    var simulation = WaitingSimulation()
    simulation.add(Self.ids(count))
    let asked = simulation.run(for: .seconds(10))
    #expect(asked.allSatisfy { $0.idCount == count })
    #expect((190...201).contains(asked.count))
  }

  @Test(arguments: [1_000, 10_000])
  func `Many tasks take at most 25 questions a second, and all are checked every few seconds`(count: Int) {
    var simulation = WaitingSimulation()
    simulation.add(Self.ids(count))
    _ = simulation.run(for: .seconds(1))
    let asked = simulation.run(for: .seconds(60))
    #expect(asked.count <= 60 * 25)
    #expect(asked.count { $0.idCount == nil } >= 60 * 18)
    #expect(asked.allSatisfy { $0.idCount ?? 0 <= 1_024 })
    let early = asked.filter { $0.time < .seconds(5) }
    var checked: Set<TaskID> = []
    for case .results(let ids) in early.map(\.question) { checked.formUnion(ids) }
    #expect(checked.count == count)
  }

  @Test func `A task that has changed is looked at with the next question, and who waits is told`() {
    var simulation = WaitingSimulation()
    let ids = Self.ids(200)
    simulation.add(ids)
    _ = simulation.run(for: .milliseconds(20))
    simulation.stored = [ids[7], ids[8]]
    simulation.changes = [ids[7], "other", ids[8], ids[7]]
    let asked = simulation.run(for: .milliseconds(45))
    #expect(asked.map(\.idCount) == [nil, 2])
    #expect(simulation.deliveries.map(\.waiter) == [8, 9])
    #expect(simulation.deliveries.allSatisfy { $0.isLast })
    #expect(simulation.tasks.waiterCount == 198)
  }

  @Test func `To wake asks for those that are waited for only, and again while a question is on its way`() {
    var tasks = WaitingTasks(pace: WaitingPace())
    let now = ContinuousClock.now
    tasks.wake(["a", "b"])
    #expect(tasks.nextQuestion(at: now, date: .now) == nil)
    tasks.add(1, for: ["a", "b"], deadline: nil, at: now)
    #expect(tasks.nextQuestion(at: now, date: .now) == .results(["a", "b"]))
    tasks.wake(["b", "c", "b"])
    _ = tasks.answered(.results(["a", "b"]), with: .results([]), at: now, after: .zero)
    #expect(tasks.nextQuestion(at: now, date: .now) == .results(["b"]))
    _ = tasks.answered(.results(["b"]), with: .results([]), at: now, after: .zero)
    #expect(tasks.nextQuestion(at: now, date: .now) == nil)
  }

  @Test func `A question that was given up is asked again`() {
    var tasks = WaitingTasks(pace: WaitingPace())
    tasks.add(1, for: ["a"], deadline: nil, at: .now)
    let question = tasks.nextQuestion(at: .now, date: .now)
    question.map { tasks.gaveUp($0) }
    #expect(question == .results(["a"]))
    #expect(tasks.nextQuestion(at: .now, date: .now) == question)
  }

  @Test func `Without what the changes have told, the full check finds all`() {
    var simulation = WaitingSimulation()
    let ids = Self.ids(3_000)
    simulation.add(ids)
    _ = simulation.run(for: .milliseconds(20))
    simulation.stored = Set(ids)
    _ = simulation.run(for: .seconds(6))
    #expect(simulation.deliveries.count == 3_000)
    #expect(simulation.tasks.isEmpty)
  }

  @Test func `Where there were more changes than were read the full check is hurried`() {
    var simulation = WaitingSimulation()
    let ids = Self.ids(10_000)
    simulation.add(ids)
    _ = simulation.run(for: .milliseconds(100))
    simulation.stored = Set(ids)
    let asked = simulation.run(for: .seconds(2)) { question in
      guard case .changes(let changes) = question else { return nil }
      return .changes([], earliest: changes.date)
    }
    #expect(simulation.tasks.isEmpty)
    #expect(asked.count { $0.idCount != nil } == 10)
    #expect(asked.allSatisfy { $0.time < .seconds(1) })
  }

  @Test func `Changes that reach back to the question before hurry nothing`() {
    var simulation = WaitingSimulation()
    simulation.add(Self.ids(10_000))
    _ = simulation.run(for: .milliseconds(100))
    let asked = simulation.run(for: .seconds(10)) { question in
      guard case .changes(let changes) = question else { return nil }
      return .changes([], earliest: changes.date.addingTimeInterval(-0.5))
    }
    #expect(asked.count <= 250)
  }

  @Test func `A table without an index on the dates is asked by ids only`() {
    var simulation = WaitingSimulation()
    simulation.add(Self.ids(2_000))
    _ = simulation.run(for: .milliseconds(100)) { question in
      guard case .changes = question else { return nil }
      return .changesCannotBeFound
    }
    let asked = simulation.run(for: .seconds(10))
    #expect(asked.allSatisfy { $0.idCount != nil })
    #expect((180...201).contains(asked.count))
  }

  @Test(arguments: [10, 10_000])
  func `While changes are pushed only the slow check remains, and when they are lost all are asked for`(
    count: Int
  ) {
    var simulation = WaitingSimulation()
    simulation.tasks.setPushed(true, at: simulation.now)
    let ids = Self.ids(count)
    simulation.add(ids)
    _ = simulation.run(for: .milliseconds(50))
    let asked = simulation.run(for: .seconds(60))
    #expect(asked.allSatisfy { $0.idCount != nil })
    #expect(asked.count <= 60)
    simulation.stored = [ids[5]]
    simulation.tasks.wake([ids[5]])
    #expect(simulation.run(for: .milliseconds(2)).first?.idCount == 1)
    #expect(simulation.deliveries.map(\.waiter) == [6])
    simulation.tasks.setPushed(false, at: simulation.now)
    #expect(simulation.run(for: .milliseconds(20)).compactMap(\.idCount).reduce(0, +) == count - 1)
    #expect(simulation.run(for: .seconds(1)).count >= 15)
  }

  @Test func `Who waits for several is told of each once, and the others are not asked for again`() {
    var simulation = WaitingSimulation()
    let ids = Self.ids(10_000)
    simulation.tasks.add(1, for: ids, deadline: nil, at: simulation.now)
    simulation.add(Array(ids.prefix(1)))
    _ = simulation.run(for: .milliseconds(20))
    var idCount = 0
    for id in ids {
      simulation.stored.insert(id)
      simulation.tasks.wake([id])
      idCount += simulation.run(for: .milliseconds(1)).compactMap(\.idCount).reduce(0, +)
    }
    let own = simulation.deliveries.filter { $0.waiter == 1 }
    #expect(own.flatMap(\.results).map(\.id) == ids)
    #expect(own.map(\.isLast) == Array(repeating: false, count: 9_999) + [true])
    #expect(simulation.deliveries.count == 10_001)
    // Each by itself, and the full check of those that remain, every few seconds.
    #expect(idCount < 5 * ids.count)
  }
}
