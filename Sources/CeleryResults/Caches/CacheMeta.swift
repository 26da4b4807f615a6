#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a cache keeps of a task: one dictionary with the keys that Celery writes, in its order.
///
/// Keys that are none of Celery's are what the rows keep in their column meta.
///
/// Source: `Backend._get_result_meta`.
struct CacheMeta {
  let object: PythonObject

  init(object: PythonObject) {
    self.object = object
  }

  /// What a cache holds; nil when it is no result: no dictionary, or without a state.
  init?(value: PythonValue) {
    guard case .object(let object) = value else { return nil }
    self.object = object
    guard state != nil else { return nil }
  }

  /// The dictionary of a result.
  ///
  /// - Parameters:
  ///   - encoded: The result.
  ///   - extended: Whether a result with a request has the keys of extended results, known or not.
  ///   - known: What is kept of arguments, children and meta that the result does not know: as they are, because no
  ///     serialiser has a form for all of them.
  init(
    _ encoded: EncodedTaskResult,
    extended: Bool,
    keeping known: CacheMeta? = nil
  ) throws(ResultError) {
    // What is about to be written is not refused, whatever may be read.
    let result = TaskResult(encoded, acceptContent: [encoded.contentType])
    let args = result.args ?? known?.member("args")
    let kwargs = result.kwargs ?? known?.member("kwargs")
    let kept = encoded.hasRequest ? nil : known
    var (rest, children) = (try result.meta, try result.storedChildren)
    if let kept {
      (rest, children) = (kept.meta, kept.object["children"])
      rest["children"] = nil
    }
    var object: PythonObject = [
      "status": .string(result.state.rawValue),
      "result": try result.result,
      "traceback": Self.value(result.traceback),
      "children": children ?? .null,
      // Celery gives a date to those states only.
      "date_done": result.state.isReady ? Self.value(result.dateDone) : .null,
    ]
    func take(_ key: PythonString) -> PythonValue? {
      defer { rest[key] = nil }
      return rest[key]
    }
    object["group_id"] = take("group_id")
    object["parent_id"] = take("parent_id")
    let isKnown = result.name != nil || args != nil || kwargs != nil || result.worker != nil
    let hasRequest = encoded.hasRequest || kept?.hasRequest ?? false
    if (extended && hasRequest) || isKnown {
      object["name"] = Self.value(result.name)
      object["args"] = args ?? .null
      object["kwargs"] = kwargs ?? .null
      object["worker"] = Self.value(result.worker)
      object["retries"] = take("retries") ?? .null
      object["queue"] = take("queue") ?? .null
    }
    if let name = result.periodicTaskName { object["periodic_task_name"] = .string(name) }
    for (key, value) in rest where !Self.ownKeys.contains(key) { object[key] = value }
    object["task_id"] = .string(result.id.rawValue)
    self.object = object
  }

  /// The state; nil when there is none, and this is no result.
  var state: TaskState? { object["status"]?.text.map(TaskState.init(rawValue:)) }

  /// What is known of the task, its value and all that is encoded aside.
  private func fields(of id: TaskID, state: TaskState) -> EncodedTaskResult {
    var encoded = EncodedTaskResult(id: id, state: state)
    encoded.traceback = object["traceback"]?.text
    encoded.name = object["name"]?.text
    encoded.worker = object["worker"]?.text
    encoded.periodicTaskName = object["periodic_task_name"]?.text
    switch object["date_done"] {
    case .string(let text): encoded.dateDone = text.text.flatMap(ISOFormatReader.dateTime)?.moment
    case .datetime(let date): encoded.dateDone = date.moment
    default: break
    }
    encoded.hasRequest = hasRequest
    return encoded
  }

  /// Whether the result was stored with a request: only then are there children, be it none.
  private var hasRequest: Bool { object["children"].map { $0 != .null } ?? false }

  /// What a later store is merged over: all but what is encoded.
  ///
  /// Nil when this is no result.
  func known(of id: TaskID) -> EncodedTaskResult? {
    state.map { fields(of: id, state: $0) }
  }

  /// The result that the dictionary is of.
  ///
  /// - Throws: `ResultError` with code `malformedContent` when it has no state.
  func taskResult(for id: TaskID) throws(ResultError) -> TaskResult {
    guard let state else {
      throw ResultError(.malformedContent, taskID: id, message: "what the cache holds has no status.")
    }
    return TaskResult(
      fields(of: id, state: state),
      content: .success(TaskResult.Content(result: object["result"] ?? .null, meta: meta)),
      args: member("args"),
      kwargs: member("kwargs")
    )
  }

  /// What the rows keep in their column meta: the children, and keys that have no column.
  private var meta: PythonObject {
    var meta = object
    for key in Self.ownKeys { meta[key] = nil }
    for key: PythonString in ["retries", "queue"] where meta[key] == .null { meta[key] = nil }
    meta["children"] = object["children"]
    return meta
  }

  private func member(_ key: PythonString) -> PythonValue? {
    object[key].flatMap { $0 == .null ? nil : $0 }
  }

  private static let ownKeys: [PythonString] = [
    "status", "result", "traceback", "children", "date_done", "name", "args", "kwargs", "worker",
    "periodic_task_name", "task_id",
  ]

  private static func value(_ text: String?) -> PythonValue {
    text.map(PythonValue.string) ?? .null
  }

  private static func value(_ date: Date?) -> PythonValue {
    date.flatMap(PythonDateTime.init).map { .string($0.isoFormat) } ?? .null
  }
}
