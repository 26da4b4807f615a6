import OrderedCollections

extension TaskResult {
  /// The result as one object with the keys of Celery's own meta, in its order.
  ///
  /// These are the keys that django-celery-results gives: task_id, task_name, task_args, task_kwargs, status,
  /// result, date_done, traceback, worker, those of the column meta with children, args and kwargs. Source:
  /// `DatabaseBackend._get_task_meta_for`. `date_done` is text in ISO 8601, as in Celery's other backends.
  ///
  /// - Throws: `ResultError`, as for `result`.
  public func celeryMeta() throws(ResultError) -> PythonValue {
    var object: PythonObject = [
      "task_id": .string(id.rawValue),
      "task_name": name.map(PythonValue.string) ?? .null,
      "task_args": args ?? .null,
      "task_kwargs": kwargs ?? .null,
      "status": .string(state.rawValue),
      "result": .null,
      "date_done": dateDone.flatMap(PythonDateTime.init).map { .string($0.isoFormat) } ?? .null,
      "traceback": traceback.map(PythonValue.string) ?? .null,
      "worker": worker.map(PythonValue.string) ?? .null,
    ]
    for (key, value) in try meta { object[key] = value }
    object["children"] = try storedChildren ?? .null
    object["result"] = try result
    object["task_args"] = args ?? .null
    object["task_kwargs"] = kwargs ?? .null
    object["args"] = args ?? .null
    object["kwargs"] = kwargs ?? .null
    return .object(object)
  }
}
