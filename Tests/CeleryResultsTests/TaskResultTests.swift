import CeleryResults
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct TaskResultTests {
  @Test
  func `Celery's meta has the keys of django-celery-results, in its order`() throws {
    var encoded = EncodedTaskResult(id: "t1", state: .success)
    encoded.result = "5"
    encoded.meta = #"{"progress": 7, "children": []}"#
    encoded.name = "proj.tasks.add"
    encoded.args = "\"(2,)\""
    encoded.kwargs = "\"{'y': 3}\""
    encoded.worker = "celery@h"
    encoded.periodicTaskName = "every morning"
    encoded.dateDone = Date(timeIntervalSince1970: 1_704_164_645.6789)
    let meta = try TaskResult(encoded).celeryMeta()
    // The keys and values of get_task_meta with django-celery-results 2.6.0 and celery 5.6.3.
    let expected =
      #"{"task_id": "t1", "task_name": "proj.tasks.add", "task_args": "(2,)", "task_kwargs": "{'y': 3}", "#
      + #""status": "SUCCESS", "result": 5, "date_done": "2024-01-02T03:04:05.678900+00:00", "traceback": null, "#
      + #""worker": "celery@h", "progress": 7, "children": [], "args": "(2,)", "kwargs": "{'y': 3}"}"#
    #expect(try PythonJSON.encode(meta) == expected)
    let all = try TaskResult(encoded).celeryMeta(includingOtherColumns: true)
    #expect(all["periodic_task_name"] == "every morning")
    #expect(all["date_started"] == .null)
  }

  @Test
  func `a pending task has no result, no children and no dates`() throws {
    let pending = TaskResult.pending("x")
    #expect(pending.state == .pending)
    #expect(try pending.result == .null)
    #expect(try pending.children == nil)
    #expect(pending.failure == nil)
    #expect(try pending.celeryMeta()["date_done"] == .null)
  }

  @Test
  func `arguments that release 1_1 stored as bare text are read as text`() {
    var encoded = EncodedTaskResult(id: "old", state: .success)
    encoded.args = "(2,)"
    encoded.kwargs = "{'a': 1}"
    #expect(TaskResult(encoded).args == "(2,)")
    #expect(TaskResult(encoded).kwargs == "{'a': 1}")
  }

  @Test
  func `another content type is a clear error for the result, and all else is still read`() throws {
    var encoded = EncodedTaskResult(id: "p", state: .success)
    encoded.contentType = .pickle
    encoded.contentEncoding = .binary
    encoded.result = "gARLBS4="
    encoded.worker = "celery@h"
    let result = TaskResult(encoded)
    #expect(result.state == .success)
    #expect(result.worker == "celery@h")
    let error = #expect(throws: ResultError.self) { try result.result }
    #expect(error?.code == .contentDisallowed)
    #expect(error?.description.contains("application/x-python-serialize") == true)
    #expect(error?.description.contains("acceptContent") == true)
    #expect(throws: ResultError.self) { try result.children }
    #expect(try TaskResult(encoded, acceptContent: [.pickle]).result == 5)
    encoded.contentType = "application/x-rot13"
    let unknown = #expect(throws: ResultError.self) {
      try TaskResult(encoded, acceptContent: ["application/x-rot13"]).result
    }
    #expect(unknown?.code == .unsupportedContentType)
  }

  @Test(arguments: [
    ("{", "null"), ("1", "[1]"), ("1", "{"), (#"{"__type__": "secret", "__value__": 1}"#, "{}"),
  ])
  func `a column that is not what it should be is named, without its content`(result: String, meta: String) {
    var encoded = EncodedTaskResult(id: "broken", state: .success)
    encoded.result = result
    encoded.meta = meta
    let error = #expect(throws: ResultError.self) { try TaskResult(encoded).result }
    #expect(error?.code == .malformedContent)
    #expect(error?.taskID == "broken")
    #expect(error?.description.contains("column") == true)
    #expect(error?.description.contains("secret") == false)
  }

  @Test
  func `children that are none are an error`() throws {
    var encoded = EncodedTaskResult(id: "broken", state: .success)
    encoded.result = "1"
    encoded.meta = #"{"children": ["x"]}"#
    let result = TaskResult(encoded)
    #expect(try result.result == 1)
    let error = #expect(throws: ResultError.self) { try result.children }
    #expect(error?.code == .malformedContent)
  }

  @Test
  func `a failure without a readable exception is still a failure`() {
    var encoded = EncodedTaskResult(id: "f", state: .failure)
    encoded.result = "null"
    #expect(TaskResult(encoded).failure?.code == .taskFailed)
    #expect(TaskResult(encoded).failure?.exception == nil)
    encoded.result = #"{"exc_message": "secret"}"#
    encoded.traceback = "Traceback …"
    let failure = TaskResult(encoded).failure
    #expect(failure?.code == .malformedException)
    #expect(failure?.traceback == "Traceback …")
    #expect(failure?.description.contains("secret") == false)
  }

  @Test
  func `states are ready, exceptions or stored as Celery has it`() {
    let states: [TaskState] = [
      .pending, .received, .started, .success, .failure, .retry, .revoked, .rejected, .ignored, "PROGRESS",
    ]
    #expect(states.filter(\.isReady) == [.success, .failure, .revoked])
    #expect(states.filter(\.isException) == [.failure, .retry, .revoked])
    #expect(states.filter(\.propagates) == [.failure, .revoked])
    #expect(states.filter(\.isStored) == [.started, .success, .failure, .retry, .revoked, "PROGRESS"])
  }

  @Test
  func `a random id is a UUID of version 4 in lower case`() throws {
    let id = TaskID.random()
    #expect(UUID(uuidString: id.rawValue) != nil)
    #expect(id.rawValue == id.rawValue.lowercased())
    #expect(Array(id.rawValue)[14] == "4")
    #expect(try JSONDecoder().decode([TaskID].self, from: JSONEncoder().encode([id])) == [id])
  }
}
