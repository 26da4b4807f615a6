import Synchronization
import Testing

@testable import CeleryResults

struct WaitingTests {
  /// A backend that has to ask: it answers PENDING until it has been asked often enough.
  private final class AskedBackend: ResultBackend {
    let configuration: ResultBackendConfiguration
    let questionsUntilReady: Int
    let questions = Mutex(0)

    init(questionsUntilReady: Int, pollingInterval: Duration) {
      self.questionsUntilReady = questionsUntilReady
      self.configuration = ResultBackendConfiguration(pollingInterval: pollingInterval)
    }

    func taskMeta(for ids: [TaskID]) async throws -> [TaskResult] {
      let count = questions.withLock { questions in
        questions += 1
        return questions
      }
      return try ids.map { id in
        let encoded = try configuration.encode(.integer(Int64(count)), for: id, state: .success)
        return count >= questionsUntilReady ? encoded.map { TaskResult($0) } ?? .pending(id) : .pending(id)
      }
    }

    func store(_ result: EncodedTaskResult) async throws {}
    func forget(_ id: TaskID) async throws {}
    func cleanup(olderThan age: Duration) async throws -> CleanupResult { CleanupResult(tasks: 0, groups: 0) }
    func saveGroup(_ group: EncodedGroupResult) async throws {}
    func groupMeta(for id: TaskID) async throws -> EncodedGroupResult? { nil }
    func deleteGroup(_ id: TaskID) async throws {}
  }

  @Test
  func `a timeout that no clock reaches is as good as none`() async throws {
    let backend = AskedBackend(questionsUntilReady: 4, pollingInterval: .milliseconds(1))
    #expect(try await AsyncResult("x", as: Int.self, backend: backend).get(timeout: .seconds(Int64.max)) == 4)
  }

  @Test
  func `a backend that has to ask asks until the task is ready`() async throws {
    let backend = AskedBackend(questionsUntilReady: 4, pollingInterval: .milliseconds(1))
    #expect(try await AsyncResult("x", as: Int.self, backend: backend).get() == 4)
    #expect(try await AsyncResult("x", as: Int.self, backend: backend).get(timeout: .seconds(3_600)) == 5)
  }

  @Test
  func `a group asks for all of its tasks in one question`() async throws {
    let backend = AskedBackend(questionsUntilReady: 3, pollingInterval: .milliseconds(1))
    let members = (0..<100).map { _ in
      ResultReference(.random(), children: [ResultReference(.random()), ResultReference(.random())])
    }
    let group = GroupResult("g", members: members, as: [Int].self, backend: backend)
    #expect(try await group.get(timeout: .seconds(3_600)) == Array(repeating: [3, 3], count: 100))
    #expect(try await group.status().completedCount == 100)
    #expect(backend.questions.withLock { $0 } == 4)
  }

  @Test
  func `a timeout of zero or less asks once`() async throws {
    let backend = AskedBackend(questionsUntilReady: 3, pollingInterval: .milliseconds(1))
    for timeout in [Duration.zero, .seconds(-1)] {
      let error = await #expect(throws: ResultError.self) {
        try await AsyncResult("x", as: Int.self, backend: backend).get(timeout: timeout)
      }
      #expect(error?.code == .timeout)
    }
    #expect(backend.questions.withLock { $0 } == 2)
    #expect(try await AsyncResult("x", as: Int.self, backend: backend).get(timeout: .zero) == 3)
  }

  @Test
  func `a timeout and a cancellation end the wait of a backend that has to ask`() async throws {
    let backend = AskedBackend(questionsUntilReady: .max, pollingInterval: .seconds(3600))
    let error = await #expect(throws: ResultError.self) {
      try await AsyncResult("x", as: Int.self, backend: backend).get(timeout: .milliseconds(20))
    }
    #expect(error?.code == .timeout)
    for timeout in [nil, Duration.seconds(3600)] {
      let task = Task { try await AsyncResult("x", as: Int.self, backend: backend).get(timeout: timeout) }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  @Test
  func `the last question comes shortly before the deadline, and none after it`() {
    let schedule = PollingSchedule(interval: .milliseconds(500))
    let now = ContinuousClock.now
    func pause(_ remaining: Duration?) -> Duration {
      schedule.pause(before: remaining.map { now.advanced(by: $0) }, now: now)
    }
    #expect(pause(nil) == .milliseconds(500))
    #expect(pause(.seconds(10)) == .milliseconds(500))
    #expect(pause(.milliseconds(400)) == .milliseconds(360))
    #expect(pause(.milliseconds(40)) > .milliseconds(40))
    #expect(pause(.milliseconds(-1)) > .zero)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a store wakes who waits in memory`() async throws {
    for number in 0..<100 {
      let backend = InMemoryBackend()
      async let value = AsyncResult("x", as: Int.self, backend: backend).get()
      while backend.state.withLock({ $0.waiters.isEmpty }) { await Task.yield() }
      for _ in 0..<number { await Task.yield() }
      try await backend.markAsStarted("x")
      try await backend.markAsDone("x", result: number)
      #expect(try await value == number)
    }
  }

  @Test
  func `waiters that have ended leave nothing behind`() async throws {
    let backend = InMemoryBackend()
    _ = try? await AsyncResult("x", as: Int.self, backend: backend).get(timeout: .milliseconds(5))
    let task = Task { try await AsyncResult("y", as: Int.self, backend: backend).get() }
    task.cancel()
    _ = try? await task.value
    #expect(backend.state.withLock { $0.waiters.isEmpty })
  }

  @Test
  func `a cursor is text and back`() {
    let cursor = TaskResultCursor("1704164645678900_42")
    #expect(cursor?.rowID == 42)
    #expect(cursor?.description == "1704164645678900_42")
    #expect(cursor.map { TaskResultCursor(dateDone: $0.dateDone, rowID: 42) } == cursor)
    for text in ["", "_", "1", "1_", "_1", "1_2_3", "a_1", "1_b", "1.5_1"] {
      #expect(TaskResultCursor(text) == nil, "\(text)")
    }
  }
}
