import CeleryResults
import Synchronization
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct GroupResultTests {
  @Test func `a group is kept as Celery keeps it`() async throws {
    let backend = InMemoryBackend()
    try await backend.saveGroup(ResultReference("g", parent: "p", children: ["a", "b"]))
    let group = try #require(try await backend.groupMeta(for: "g"))
    // As _save_group of django-celery-results 2.6.0 writes it.
    #expect(group.result == #"[["g", [["p", null], null]], [[["a", null], null], [["b", null], null]]]"#)
    #expect(group.contentType == .json)
    #expect(group.contentEncoding == .utf8)
  }

  @Test(arguments: ResultSerializer.all)
  func `a group is stored as results are, and read where its content is accepted`(
    serializer: ResultSerializer
  )
    async throws
  {
    let configuration = ResultBackendConfiguration(
      resultSerializer: serializer,
      acceptContent: [serializer.contentType]
    )
    let backend = InMemoryBackend(configuration: configuration)
    let reference = ResultReference("g", parent: "p", children: ["a", ResultReference("h", children: ["b"])])
    try await backend.saveGroup(reference)
    #expect(try await backend.restoreGroup("g", as: Int.self)?.reference == reference)
    let meta = try #require(try await backend.groupMeta(for: "g"))
    #expect(meta.contentType == serializer.contentType)
    #expect(meta.contentEncoding == serializer.contentEncoding)
    let error = #expect(throws: ResultError.self) { try meta.reference(acceptContent: []) }
    #expect(error?.code == .contentDisallowed)
  }

  @Test func `tasks that one question finds come in the order in which they were stored`() async throws {
    let clock = Mutex(Date(timeIntervalSince1970: 1_000_000_000))
    let configuration = ResultBackendConfiguration(now: { clock.withLock { $0 } })
    let backend = InMemoryBackend(configuration: configuration)
    for id in ["c", "a", "d", "b"] as [TaskID] {
      try await backend.markAsDone(id, result: 1)
      clock.withLock { $0 += 1 }
    }
    let group = GroupResult("g", members: ["a", "b", "c", "d", "a"], as: Int.self, backend: backend)
    var order: [TaskID] = []
    for try await task in group.iterate() { order.append(task.id) }
    #expect(order == ["c", "a", "d", "b"])
  }

  @Test(arguments: [nil, "", "null", "[]"])
  func `a row that holds nothing is no group`(text: String?) throws {
    var group = EncodedGroupResult(id: "g")
    group.result = text
    #expect(try group.reference() == nil)
  }

  @Test(arguments: ["[[\"g\", null], null]", "5", "[", "{}x"])
  func `what is no group is a clear error`(text: String) {
    var group = EncodedGroupResult(id: "g")
    group.result = text
    let error = #expect(throws: ResultError.self) { try group.reference() }
    #expect(error?.code == .malformedContent)
    #expect(error?.description.hasPrefix("Group g: its result column ") == true)
  }

  @Test func `parents are results that can be asked`() async throws {
    let backend = InMemoryBackend()
    try await backend.markAsDone("p", result: 5)
    let reference = ResultReference("a", parent: ResultReference("g", parent: "p", children: ["x"]))
    let result = try #require(AsyncResult(reference: reference, as: Int.self, backend: backend))
    guard case .group(let group)? = result.parent else {
      Issue.record("the parent is no group")
      return
    }
    #expect(group.taskIDs == ["x"])
    #expect(try await group.parent?.get(timeout: .zero) == 5)
    #expect(AsyncResult(reference: group.reference, as: Int.self, backend: backend) == nil)
    #expect(GroupResult(reference: "a", as: Int.self, backend: backend) == nil)
  }
}
