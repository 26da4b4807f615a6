import Synchronization
import Testing

@testable import CeleryResults

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct ResultBackendsTests {
  private let general = InMemoryBackend()
  private let reports = InMemoryBackend()
  private let audit = InMemoryBackend()

  private func backends(_ lookup: ResultBackends.Lookup = .boundBackend) throws -> ResultBackends {
    try ResultBackends(
      default: general,
      alternatives: ["reports": reports, "audit": audit],
      rules: [
        .tasks("proj.*.audit", in: "audit"),
        .tasks("proj.reports.*", in: "reports"),
        .tasks("proj.reports.draft", in: "audit"),
      ],
      lookup: lookup
    )
  }

  @Test(
    arguments: [
      ("proj.reports.monthly", "reports"), ("proj.reports.draft", "audit"), ("proj.reports.audit", "audit"),
      ("proj.reports.", "reports"), ("proj.report", "general"), ("other.proj.reports.x", "general"),
      (nil, "general"),
    ]
  )
  func `a rule for the very name comes first, then the first pattern that matches`(
    taskName: String?,
    expected: String
  ) async throws {
    try await backends().storeResult(1, for: "t", state: .success, request: TaskRequest(name: taskName))
    try await backends().backend(forTask: taskName).markAsDone("t2", result: 2)
    for (name, backend) in [("general", general), ("reports", reports), ("audit", audit)] {
      let states = try await backend.taskMeta(for: ["t", "t2"]).map(\.state)
      #expect(states == Array(repeating: name == expected ? .success : .pending, count: 2), "\(name)")
    }
  }

  /// As `fnmatch.translate` of Python 3.11 has them, anchored as `task_routes` has.
  @Test(
    arguments: [
      ("a.*", "a.b", true), ("a.*", "a.", true), ("a.*", "ab", false), ("*", "", true),
      ("*.a", "x.a.a", true),
      ("*.a", "x.ab", false), ("a*b*c", "a1b2b3c", true), ("a*b*c", "a1c2b", false), ("a?*", "a", false),
      ("a?*", "ab", true), ("*[ab]", "xa", true), ("*[!ab]", "xa", false), ("*[a-c]x", "bx", true),
      ("*[a-c]x", "dx", false), ("*[]]", "x]", true), ("*[", "x[", true), ("*.A", "x.a", false),
      ("a?", "a?", true), ("a?", "ab", false),
    ]
  )
  func `a pattern matches as in Celery's task_routes`(pattern: String, name: String, matches: Bool)
    async throws
  {
    let backends = try ResultBackends(
      default: general,
      alternatives: ["reports": reports],
      rules: [.tasks(pattern, in: "reports")]
    )
    #expect((backends.backend(forTask: name) as? InMemoryBackend === reports) == matches)
  }

  @Test func `marking a task as done, failed or started goes by the name in the request`() async throws {
    let request = TaskRequest(name: "proj.reports.monthly")
    let backends = try backends()
    try await backends.markAsDone("done", result: [1, 2], request: request)
    try await backends.markAsFailure("failed", exception: RemoteException(type: "KeyError"), request: request)
    try await backends.markAsStarted("started", request: request)
    #expect(
      try await reports.taskMeta(for: ["done", "failed", "started"]).map(\.state) == [
        .success, .failure, .started,
      ]
    )
  }

  @Test func `the error of a chord goes where the body is bound, of a group each of its tasks`() async throws
  {
    let backends = try backends()
    let error = RemoteException.chordError("why")
    try await backends.storeChordError(error, for: ChordBody(task: "proj.reports.total", id: "body"))
    #expect(try await reports.taskMeta(for: "body").state == .failure)
    #expect(try await general.taskMeta(for: "body").state == .pending)
    #expect(try await reports.taskMeta(for: "body").name == nil)
    let group = try ChordBody(signature: [
      "task": "celery.group",
      "kwargs": [
        "tasks": [
          ["task": "proj.reports.x", "options": ["task_id": "x"]],
          ["task": "proj.y", "options": ["task_id": "y"]],
        ]
      ],
    ])
    try await backends.storeChordError(error, for: group)
    #expect(try await reports.taskMeta(for: ["x", "y"]).map(\.state) == [.failure, .pending])
    #expect(try await general.taskMeta(for: ["x", "y"]).map(\.state) == [.pending, .failure])
  }

  @Test func `a result is asked of the backend that its task is bound to`() async throws {
    try await reports.markAsDone("t", result: 1)
    let backends = try backends()
    let bound = backends.asyncResult("t", as: Int.self, taskName: "proj.reports.monthly")
    #expect(try await bound.get(timeout: .zero) == 1)
    #expect(try await backends.asyncResult("t", as: Int.self).state == .pending)
    #expect(try await backends.asyncResult("t", as: Int.self, taskName: "proj.mail").state == .pending)
  }

  @Test func `a result that was asked of the wrong backend is found where the application allows it`()
    async throws
  {
    try await reports.markAsDone("t", result: 1)
    let backends = try backends(.anywhere)
    for taskName in [nil, "proj.mail", "proj.x.audit", "proj.reports.monthly"] {
      let result = backends.asyncResult("t", as: Int.self, taskName: taskName)
      #expect(try await result.get(timeout: .seconds(3_600)) == 1)
    }
    // What the task is bound to counts, where several have something.
    try await general.markAsDone("t", result: 2)
    #expect(try await backends.asyncResult("t", as: Int.self, taskName: "proj.reports.monthly").get() == 1)
    #expect(try await backends.asyncResult("t", as: Int.self).get() == 2)
    try await backends.asyncResult("t", as: Int.self).forget()
    #expect(try await reports.taskMeta(for: "t").state == .pending)
  }

  /// Two backends that would poll but once an hour.
  private func slowlyPolled() throws -> (InMemoryBackend, InMemoryBackend, ResultBackends) {
    let configuration = ResultBackendConfiguration(pollingInterval: .seconds(3_600))
    let first = InMemoryBackend(configuration: configuration)
    let second = InMemoryBackend(configuration: configuration)
    let both = try ResultBackends(
      default: first,
      alternatives: ["second": second],
      rules: [.tasks("second", in: "second")],
      lookup: .anywhere
    )
    return (first, second, both)
  }

  @Test func `who waits anywhere waits as each backend has it, until one of them tells the result`()
    async throws
  {
    let (first, second, both) = try slowlyPolled()
    func waiterCount(_ backend: InMemoryBackend) -> Int { backend.state.withLock { $0.waiting.count } }
    func bothAreWaitedIn() async throws {
      let end = ContinuousClock.now + .seconds(60)
      while waiterCount(first) == 0 || waiterCount(second) == 0 {
        try #require(ContinuousClock.now < end)
        await Task.yield()
      }
    }
    for (number, storing) in [first, second].enumerated() {
      let id = TaskID("t\(number)")
      async let value = both.asyncResult(id, as: Int.self).get(timeout: .seconds(300))
      try await bothAreWaitedIn()
      try await storing.markAsDone(id, result: number)
      #expect(try await value == number)
      #expect(waiterCount(first) == 0 && waiterCount(second) == 0)
    }

    let late = await #expect(throws: ResultError.self) {
      try await both.asyncResult("u", as: Int.self).get(timeout: .milliseconds(20))
    }
    #expect(late?.code == .timeout)
    let waiting = Task { try await both.asyncResult("u", as: Int.self).get() }
    try await bothAreWaitedIn()
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    #expect(waiterCount(first) == 0 && waiterCount(second) == 0)
  }

  @Test func `of several tasks that may be anywhere each is told once, as each backend tells it`()
    async throws
  {
    let (first, second, both) = try slowlyPolled()
    let deadline = ContinuousClock.now + .seconds(300)
    var results = both.readyResults(of: ["a", "b", "c", "a"], deadline: deadline).makeAsyncIterator()
    try await second.markAsDone("b", result: 1)
    #expect(try await results.next()?.map(\.id) == ["b"])
    try await first.markAsDone("b", result: 2)
    try await first.markAsDone("a", result: 3)
    #expect(try await results.next()?.map(\.id) == ["a"])
    try await second.markAsDone("c", result: 4)
    #expect(try await results.next()?.map(\.id) == ["c"])
    #expect(try await results.next() == nil)
    for backend in [first, second] { #expect(backend.state.withLock { $0.waiting.isEmpty }) }
  }

  @Test(arguments: 0..<20) func `what the task is bound to counts, whichever backend tells first`(number: Int)
    async throws
  {
    let (first, second, both) = try slowlyPolled()
    try await first.markAsDone("t", result: 1)
    try await second.markAsDone("t", result: 2)
    #expect(try await both.asyncResult("t", as: Int.self).get() == 1)
    #expect(try await both.asyncResult("t", as: Int.self, taskName: "second").get() == 2)
    for try await results in both.readyResults(of: ["t"], deadline: nil) {
      #expect(try results.map { try $0.get(as: Int.self) } == [1])
    }
  }

  @Test func `a result that is ready counts before one that is not, and the newer of two that are not`()
    async throws
  {
    let backends = try backends(.anywhere)
    let request = TaskRequest(name: "proj.reports.monthly")
    // Without a request the name is not known, and it is the default backend that is written.
    try await backends.markAsStarted("t")
    try await backends.markAsDone("t", result: 1, request: request)
    #expect(try await backends.asyncResult("t", as: Int.self).get(timeout: .zero) == 1)
    #expect(try await backends.taskMeta(for: ["u", "t"]).map(\.state) == [.pending, .success])

    try await backends.markAsStarted("u")
    try await backends.markAsRetry("u", request: request)
    #expect(try await backends.taskMeta(for: "u").state == .retry)
    try await backends.markAsStarted("u")
    #expect(try await backends.taskMeta(for: "u").state == .started)
  }

  @Test(arguments: [ResultBackends.Lookup.boundBackend, .anywhere])
  func `a result is forgotten wherever it is`(lookup: ResultBackends.Lookup) async throws {
    let all = [general, reports, audit]
    for backend in all { try await backend.markAsDone("t", result: 1) }
    try await backends(lookup).forget("t")
    for backend in all { #expect(try await backend.taskMeta(for: "t").state == .pending) }
  }

  @Test func `a group is read as the settings of its own backend say`() async throws {
    let yaml = InMemoryBackend(configuration: .init(resultSerializer: .yaml, acceptContent: [.yaml]))
    let backends = try ResultBackends(
      default: general,
      alternatives: ["yaml": yaml],
      rules: [],
      lookup: .anywhere
    )
    try await yaml.saveGroup(ResultReference("g", children: ["a", "b"]))
    let group = try await backends.restoreGroup("g", as: Int.self)
    #expect(group?.reference == ResultReference("g", children: ["a", "b"]))
    #expect(try await backends.restoreGroup("h", as: Int.self) == nil)
  }

  @Test func `a group whose tasks are kept in two backends is one group`() async throws {
    let backends = try backends(.anywhere)
    try await reports.markAsDone("a", result: 1)
    try await general.markAsDone("b", result: 2)
    try await GroupResult("g", members: ["a", "b"], as: Int.self, backend: backends).save()
    #expect(try await general.groupMeta(for: "g") != nil)
    let restored = try #require(try await backends.restoreGroup("g", as: Int.self))
    #expect(try await restored.get(timeout: .seconds(3_600)) == [1, 2])
    try await audit.saveGroup(ResultReference("h", children: ["a"]))
    try await backends.deleteGroup("h")
    await #expect(throws: ResultError.self) { try await backends.deleteGroup("h") }
  }

  @Test func `each backend is cleaned up by its own expiry`() async throws {
    func backend(expires: Duration?) async throws -> InMemoryBackend {
      let clock = Mutex(Date(timeIntervalSince1970: 1_000_000_000))
      let backend = InMemoryBackend(
        configuration: ResultBackendConfiguration(resultExpires: expires, now: { clock.withLock { $0 } })
      )
      try await backend.markAsDone("t", result: 1)
      clock.withLock { $0 += 100 }
      return backend
    }
    let lasting = try await backend(expires: nil)
    let general: any ResultBackend = try await ResultBackends(
      default: backend(expires: .seconds(60)),
      alternatives: ["lasting": lasting, "short": backend(expires: .seconds(99))],
      rules: []
    )
    #expect(try await general.cleanup().tasks == 2)
    #expect(try await lasting.taskMeta(for: "t").state == .success)
    #expect(try await general.cleanup(olderThan: .seconds(60)).tasks == 1)
  }

  @Test func `a rule that names no backend is refused`() throws {
    let error = #expect(throws: ResultError.self) {
      try ResultBackends(
        default: general,
        alternatives: ["reports": reports],
        rules: [.tasks("a.*", in: "report")]
      )
    }
    #expect(error?.code == .unknownBackend)
    #expect(error?.description.contains("report, which is none of the alternatives: reports") == true)
  }
}
