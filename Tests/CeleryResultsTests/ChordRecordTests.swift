import CeleryResults
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct ChordRecordTests {
  private let now = Date(timeIntervalSince1970: 1_700_000_000)
  private let claim = ChordClaim(token: "mine", lease: .seconds(60))

  private func record(_ parts: TaskID..., count: Int? = nil) -> ChordRecord {
    ChordRecord(
      header: ResultReference("g", children: parts.map { ResultReference($0) }),
      body: nil,
      count: count ?? parts.count
    )
  }

  private func part(_ id: TaskID, state: TaskState = .success) -> ChordPart {
    ChordPart(id: id, group: "g", state: state, body: ChordBody(task: "t", id: "b"))
  }

  @Test func `Celery's count goes down once for each part, and the row goes with the claim`() {
    var record = record("a", "b")
    #expect(record.count(part("a"), ready: ["a"], claim: claim, at: now) == .counted)
    #expect(record.count == 1)
    #expect(record.count(part("a"), ready: ["a"], claim: claim, at: now) == .none)
    #expect(record.count == 1)
    #expect(record.count(part("b"), ready: ["b"], claim: claim, at: now) == .claimed)
    #expect(record.count == nil)
    #expect(record.claimedUntil == now.addingTimeInterval(60))
  }

  @Test func `A part that a Python worker has counted as well takes no other part's place in the count`() {
    var record = record("a", "b", "c", count: 2)
    // Delivered to a Python worker before, which counted it.
    #expect(record.count(part("a"), ready: ["a"], claim: claim, at: now) == .counted)
    #expect(record.count == 2)
    // Both others are still to be counted by Python workers: neither is the last before the other.
    #expect(record.count(part("a"), ready: ["a"], claim: claim, at: now) == .none)
    #expect(record.count == 2)
  }

  @Test func `A chord that a Python worker has completed is never claimed`() {
    var record = record("a")
    record.count = nil
    #expect(record.count(part("a"), ready: ["a"], claim: claim, at: now) == .none)
    #expect(record.claimWhenComplete(ready: ["a"], claim: claim, at: now) == .none)
    #expect(record.status(ready: ["a"], at: now).phase == .countedElsewhere)
  }

  @Test func `A body that was not known is taken from the first part that brings it`() {
    var record = record("a", "b")
    #expect(record.count(part("a"), ready: ["a"], claim: claim, at: now) == .counted)
    #expect(record.body?.taskID == "b")
  }

  @Test func `A lease ends at its moment, and not before`() {
    var record = record("a")
    #expect(record.count(part("a"), ready: ["a"], claim: claim, at: now) == .claimed)
    let other = ChordClaim(token: "other", lease: .seconds(60))
    let end = now.addingTimeInterval(60)
    #expect(record.claimWhenComplete(ready: [], claim: other, at: end.addingTimeInterval(-0.001)) == .none)
    #expect(record.token == "mine")
    #expect(record.claimWhenComplete(ready: [], claim: other, at: end) == .claimed)
    #expect(record.token == "other")
    record.isClosed = true
    #expect(record.claimWhenComplete(ready: [], claim: claim, at: .distantFuture) == .none)
  }

  @Test func `Without notes a chord ends when all results are stored, or when the count does`() {
    var stored = record("a", "b")
    #expect(stored.countWithoutNotes(part("a"), ready: ["a"]) == .counted)
    #expect(stored.countWithoutNotes(part("a"), ready: ["a"]) == .counted)
    #expect(stored.count == 1)
    #expect(stored.countWithoutNotes(part("b"), ready: ["a", "b"]) == .claimed)
    #expect(stored.countWithoutNotes(part("b"), ready: ["a", "b"]) == .none)

    var ignored = record("a", "b")
    #expect(ignored.countWithoutNotes(part("a"), ready: []) == .counted)
    #expect(ignored.countWithoutNotes(part("b"), ready: []) == .claimed)
  }

  @Test func `Notes are read as they are written`() throws {
    let notes: [TaskID: ChordNote] = ["b": .withResult, "a": .withoutResult(.failure)]
    let text = try PythonJSON.encode(notes.celeryValue)
    #expect(text == #"{"a": "FAILURE", "b": null}"#)
    let read = [TaskID: ChordNote](celeryValue: try PythonJSON.decode(text))
    #expect(read == notes)
  }

  @Test func `A body without a task id gets one that stays, and what is no signature is refused`() throws {
    let body = try ChordBody(signature: ["task": "t", "kwargs": [:]])
    #expect(body.signature["options"]?["task_id"]?.text == body.taskID.rawValue)
    #expect(try ChordBody(signature: body.signature) == body)
    for value: PythonValue in [.null, "t", [:], ["task": 1]] {
      let error = #expect(throws: ResultError.self) { try ChordBody(signature: value) }
      #expect(error?.code == .invalidChord)
    }
  }

  @Test
  func
    `Every signature in a body has an id of its own, a chain that of its last task and a chord its body's`()
    throws
  {
    func signature(_ task: String, _ kwargs: PythonObject = [:]) -> PythonValue {
      ["task": .string(task), "kwargs": .object(kwargs), "options": ["task_id": .null]]
    }
    func id(_ value: PythonValue?) throws -> String { try #require(value?["options"]?["task_id"]?.text) }
    func tasks(_ value: PythonValue?, _ key: PythonString = "tasks") -> [PythonValue] {
      guard case .array(let tasks)? = value?["kwargs"]?[key] else { return [] }
      return tasks
    }
    let chain = signature("celery.chain", ["tasks": [signature("a"), signature("b")]])
    let chord = signature("celery.chord", ["header": [signature("c")], "body": signature("d")])
    let body = try ChordBody(signature: signature("celery.group", ["tasks": [chain, chord, signature("e")]]))
    let members = tasks(body.signature)
    try #require(members.count == 3)
    let (chained, header) = (tasks(members[0]), tasks(members[1], "header"))
    try #require(chained.count == 2)
    #expect(try id(members[0]) == id(chained[1]))
    #expect(try id(members[1]) == id(members[1]["kwargs"]?["body"]))
    let all = try [body.taskID.rawValue] + (members + [chained[0]] + header).map { try id($0) }
    #expect(Set(all).count == 6)
    #expect(try ChordBody(signature: body.signature) == body)
    let ids = try members.map { try id($0) }
    #expect(body.failingTaskIDs.map(\.rawValue) == ids)
    // So does Python freeze a chain: its own id is null, and its last task has one.
    let frozen = signature("celery.chain", ["tasks": [["task": "a", "options": ["task_id": "x"]]]])
    #expect(try ChordBody(signature: frozen).taskID == "x")
  }

  @Test func `Where the body is a group, each of its tasks fails`() throws {
    let body = try ChordBody(signature: [
      "task": "celery.group", "options": ["task_id": "g"],
      "kwargs": [
        "tasks": [["task": "t", "options": ["task_id": "x"]], ["task": "t", "options": ["task_id": "y"]]]
      ],
    ])
    #expect(body.failingTaskIDs == ["x", "y"])
    #expect(ChordBody(task: "t", id: "z").failingTaskIDs == ["z"])
  }
}
