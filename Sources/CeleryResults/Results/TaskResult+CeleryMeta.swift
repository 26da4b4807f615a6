#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension TaskResult {
  /// The result as one object with the keys of Celery's own meta, in its order.
  ///
  /// These are the keys that django-celery-results gives: task_id, task_name, task_args, task_kwargs, status,
  /// result, date_done, traceback, worker, those of the column meta with children, args and kwargs. Source:
  /// `DatabaseBackend._get_task_meta_for`. `date_done` is text in ISO 8601, as in Celery's other backends.
  ///
  /// - Parameter includingOtherColumns: Whether to add those columns that Celery's meta leaves out:
  ///   periodic_task_name, date_created, date_started, content_type and content_encoding.
  /// - Throws: `ResultError`, as for `result`.
  public func celeryMeta(includingOtherColumns: Bool = false) throws(ResultError) -> PythonValue {
    var object: PythonObject = [
      "task_id": .string(id.rawValue),
      "task_name": Self.value(name),
      "task_args": args ?? .null,
      "task_kwargs": kwargs ?? .null,
      "status": .string(state.rawValue),
      "result": .null,
      "date_done": Self.value(dateDone),
      "traceback": Self.value(traceback),
      "worker": Self.value(worker),
    ]
    for (key, value) in try meta { object[key] = value }
    object["children"] = try storedChildren ?? .null
    object["result"] = try storedResult
    object["task_args"] = args ?? .null
    object["task_kwargs"] = kwargs ?? .null
    object["args"] = args ?? .null
    object["kwargs"] = kwargs ?? .null
    if includingOtherColumns {
      object["periodic_task_name"] = Self.value(periodicTaskName)
      object["date_created"] = Self.value(dateCreated)
      object["date_started"] = Self.value(dateStarted)
      object["content_type"] = .string(contentType.rawValue)
      object["content_encoding"] = .string(contentEncoding.rawValue)
    }
    return .object(object)
  }

  /// The result; an exception that pickle holds as such in the form in which Celery stores it otherwise.
  private var storedResult: PythonValue {
    get throws(ResultError) {
      let result = try result
      switch result {
      case .exception, .opaque: return try exception?.celeryValue ?? result
      default: return result
      }
    }
  }

  private static func value(_ text: String?) -> PythonValue {
    text.map(PythonValue.string) ?? .null
  }

  private static func value(_ date: Date?) -> PythonValue {
    date.flatMap(PythonDateTime.init).map { .string($0.isoFormat) } ?? .null
  }
}
