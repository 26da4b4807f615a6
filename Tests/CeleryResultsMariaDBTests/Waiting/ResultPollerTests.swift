#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import Synchronization
import Testing

@testable import CeleryResultsMariaDB

@Suite struct ResultPollerTests {
  /// Answers from memory, when it is let.
  private final class Source: WaitingSource {
    struct State {
      var stored: Set<TaskID> = []
      var asked: [[TaskID]] = []
      var error: MariaDBError?
      var isHeld = false
    }

    let state = Mutex(State())

    func answer(_ question: WaitingQuestion) async throws -> WaitingAnswer {
      guard case .results(let ids) = question else { return .changes([], earliest: nil) }
      state.withLock { $0.asked.append(ids) }
      while state.withLock(\.isHeld) { try await Task.sleep(for: .milliseconds(1)) }
      return try state.withLock { state in
        if let error = state.error { throw error }
        return .results(ids.filter(state.stored.contains).map(WaitingSimulation.result))
      }
    }
  }

  private let source = Source()
  // It asks when something happens, and then never again.
  private let poller = ResultPoller(pace: WaitingPace(interval: .seconds(3_600)), date: { .now })

  /// Begins to wait in tasks of their own.
  private func wait(for ids: [TaskID], timeout: Duration? = nil) -> [Task<TaskResult, any Error>] {
    ids.map { id in
      let deadline = timeout.map { ContinuousClock.now.advanced(by: $0) }
      return Task { try await poller.result(of: id, deadline: deadline, from: source) }
    }
  }

  private func until(_ condition: (ResultPoller.State) -> Bool) async throws {
    while !poller.state.withLock({ condition($0) }) { try await Task.sleep(for: .milliseconds(1)) }
  }

  /// Whether nothing is left, neither of those who have waited nor of what was done for them.
  private static func isIdle(_ state: ResultPoller.State) -> Bool {
    state.tasks.isEmpty && state.receivers.isEmpty && state.asking == nil && state.timer == nil
      && state.source == nil
  }

  @Test func `All that begin to wait while a question is on its way share the next`() async throws {
    source.state.withLock { $0.isHeld = true }
    let first = wait(for: ["first"])
    while source.state.withLock(\.asked.isEmpty) { try await Task.sleep(for: .milliseconds(1)) }
    let ids = WaitingTasksTests.ids(1_000)
    let others = wait(for: ids)
    try await until { $0.tasks.waiterCount == 1_001 }
    source.state.withLock { state in
      state.stored = Set(ids)
      state.isHeld = false
    }
    for (id, other) in zip(ids, others) { #expect(try await other.value.id == id) }
    #expect(source.state.withLock { $0.asked.map(\.count) } == [1, 1_000])
    first[0].cancel()
    _ = await first[0].result
    try await until(Self.isIdle)
  }

  @Test func `A store in this process wakes who waits, and one that is not ready does not`() async throws {
    let waiting = wait(for: ["a", "b"])
    try await until { $0.tasks.waiterCount == 2 && $0.asking == nil }
    let before = source.state.withLock(\.asked.count)
    poller.wake(stored: [(id: "a", state: .started)])
    poller.wake(stored: [(id: "other", state: .success)])
    #expect(poller.state.withLock { $0.asking == nil })
    _ = source.state.withLock { $0.stored.insert("a") }
    poller.wake(stored: [(id: "a", state: .success)])
    #expect(try await waiting[0].value.state == .success)
    #expect(source.state.withLock { Array($0.asked.dropFirst(before)) } == [["a"]])
    waiting[1].cancel()
  }

  @Test func `Cancelled waiters leave nothing, whenever they are cancelled`() async throws {
    for pause in 0..<20 {
      let waiting = wait(for: WaitingTasksTests.ids(50), timeout: pause % 2 == 0 ? nil : .seconds(3_600))
      for _ in 0..<pause { await Task.yield() }
      for task in waiting { task.cancel() }
      for task in waiting { await #expect(throws: CancellationError.self) { try await task.value } }
    }
    try await until(Self.isIdle)
  }

  @Test func `At the deadline waiting ends, also while a question gets no answer`() async throws {
    source.state.withLock { $0.isHeld = true }
    for task in wait(for: ["a", "b"], timeout: .milliseconds(10)) {
      let error = await #expect(throws: ResultError.self) { try await task.value }
      #expect(error?.code == .timeout)
      #expect(error?.taskID != nil)
    }
    try await until(Self.isIdle)
  }

  @Test func `An error ends the waiting of all, and the next begin anew`() async throws {
    source.state.withLock { state in
      state.error = MariaDBError(.connectionLost)
      state.isHeld = true
    }
    let waiting = wait(for: ["a", "b", "c"])
    var stream = poller.results(of: ["d", "e"], deadline: nil, from: source).makeAsyncIterator()
    try await until { $0.tasks.waiterCount == 4 }
    source.state.withLock { $0.isHeld = false }
    for task in waiting {
      let error = await #expect(throws: MariaDBError.self) { try await task.value }
      #expect(error?.code == .connectionLost)
    }
    await #expect(throws: MariaDBError.self) { try await stream.next() }
    try await until(Self.isIdle)
    source.state.withLock { state in
      state.error = nil
      state.stored = ["a"]
    }
    #expect(try await wait(for: ["a"])[0].value.id == "a")
  }

  @Test func `A stream gives each result once, and ends`() async throws {
    source.state.withLock { $0.stored = ["a"] }
    var stream = poller.results(of: ["a", "b", "c"], deadline: nil, from: source).makeAsyncIterator()
    let first = try await stream.next()
    #expect(first?.map(\.id) == ["a"])
    source.state.withLock { $0.stored = ["a", "b", "c"] }
    poller.wake(["a", "b", "c"])
    let second = try await stream.next()
    #expect(Set(second?.map(\.id) ?? []) == ["b", "c"])
    let end = try await stream.next()
    #expect(end == nil)
    try await until(Self.isIdle)
  }

  @Test func `A stream that is not held any more leaves nothing`() async throws {
    do {
      var stream: ResultPoller.Stream? = poller.results(of: ["a", "b"], deadline: nil, from: source)
      #expect(poller.isWaiting)
      _ = stream
      stream = nil
    }
    try await until(Self.isIdle)
  }

  @Test func `A shutdown ends all waiting, and none begins after it`() async throws {
    let waiting = wait(for: ["a"], timeout: .seconds(3_600))
    var stream = poller.results(of: ["b"], deadline: nil, from: source).makeAsyncIterator()
    try await until { $0.tasks.waiterCount == 2 }
    poller.shutDown()
    for task in waiting + wait(for: ["c"]) {
      let error = await #expect(throws: MariaDBError.self) { try await task.value }
      #expect(error?.code == .clientShutdown)
    }
    await #expect(throws: MariaDBError.self) { try await stream.next() }
    try await until(Self.isIdle)
  }
}
