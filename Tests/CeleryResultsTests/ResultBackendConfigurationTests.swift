import CeleryResults
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is written, compared with rows that django-celery-results 2.6.0 wrote with celery 5.6.3.
struct ResultBackendConfigurationTests {
  private static let request = TaskRequest(
    name: "proj.tasks.add",
    args: [2],
    kwargs: ["y": 3],
    worker: "celery@h",
    periodicTaskName: "every morning",
    children: [ResultReference("g1", parent: "p", children: ["a"]), "c"],
    meta: ["progress": 7]
  )

  @Test
  func `an extended result has every column`() throws {
    let date = Date(timeIntervalSince1970: 1_704_164_645.6789)
    let configuration = ResultBackendConfiguration(resultExtended: true, now: { date })
    let encoded = try #require(
      try configuration.encode(5, for: "t1", state: .success, traceback: "Traceback …", request: Self.request)
    )
    #expect(encoded.id == "t1")
    #expect(encoded.state == .success)
    #expect(encoded.contentType.rawValue == "application/json")
    #expect(encoded.contentEncoding.rawValue == "utf-8")
    #expect(encoded.result == "5")
    #expect(
      encoded.meta
        == #"{"progress": 7, "children": [[["g1", [["p", null], null]], [[["a", null], null]]], [["c", null], null]]}"#
    )
    #expect(encoded.name == "proj.tasks.add")
    #expect(encoded.args == "\"(2,)\"")
    #expect(encoded.kwargs == "\"{'y': 3}\"")
    #expect(encoded.worker == "celery@h")
    #expect(encoded.periodicTaskName == "every morning")
    #expect(encoded.traceback == "Traceback …")
    #expect(encoded.dateStarted == nil)
    #expect(encoded.dateDone == encoded.dateCreated)
    #expect(encoded.dateDone.flatMap(PythonDateTime.init)?.microsecondsSince1970 == 1_704_164_645_678_900)
  }

  @Test
  func `a result without request has unknown children and no extended column`() throws {
    let configuration = ResultBackendConfiguration(resultExtended: true)
    let encoded = try #require(try configuration.encode(["é": "🐍"], for: "t2", state: .success))
    #expect(encoded.result == #"{"\u00e9": "\ud83d\udc0d"}"#)
    #expect(encoded.meta == #"{"children": null}"#)
    #expect(encoded.name == nil)
    #expect(encoded.args == nil)
  }

  @Test
  func `arguments of task protocol 1 are JSON`() throws {
    let configuration = ResultBackendConfiguration(resultExtended: true)
    let request = TaskRequest(name: "add", args: .json([2, "é"]), kwargs: .json(["y": nil]), worker: "h")
    let encoded = try #require(try configuration.encode(1, for: "t6", state: "PROGRESS", request: request))
    #expect(encoded.args == #"[2, "\u00e9"]"#)
    #expect(encoded.kwargs == #"{"y": null}"#)
    #expect(encoded.meta == #"{"children": []}"#)
  }

  @Test
  func `an own key called children gives way to the children`() throws {
    let request = TaskRequest(children: ["c"], meta: ["children": "own", "progress": 7])
    let encoded = try ResultBackendConfiguration().encode(1, for: "x", state: .success, request: request)
    #expect(encoded?.meta == #"{"children": [[["c", null], null]], "progress": 7}"#)
  }

  @Test
  func `only STARTED sets the date of the start`() throws {
    let configuration = ResultBackendConfiguration()
    for state in [TaskState.started, .success, .retry, "PROGRESS"] {
      let encoded = try configuration.encode(1, for: "x", state: state)
      #expect((encoded?.dateStarted != nil) == (state == .started))
    }
  }

  @Test(arguments: [TaskState.pending, .received, .rejected, .ignored])
  func `states that Celery never stores give nothing to write`(state: TaskState) throws {
    #expect(try ResultBackendConfiguration().encode(1, for: "x", state: state) == nil)
  }

  @Test
  func `a value that cannot be written is refused`() {
    var value: PythonValue = []
    for _ in 0..<2000 { value = [value] }
    let error = #expect(throws: ResultError.self) {
      try ResultBackendConfiguration().encode(value, for: "deep", state: .success)
    }
    #expect(error?.code == .encodingFailed)
    #expect(error?.taskID == "deep")
  }
}
