extension ChordBody {
  /// Gives a task id to a signature that has none, and to the signatures in it.
  ///
  /// A chain goes by the id of its last task, a chord by that of its body, a group by one of its own.
  ///
  /// - Parameters:
  ///   - signature: What may be a signature; anything else stays as it is.
  ///   - id: The id that it is to have; nil for a new one.
  /// - Returns: The signature and its id.
  static func withTaskIDs(_ signature: PythonValue, id: TaskID? = nil) -> (PythonValue, id: TaskID) {
    guard case .object(var members) = signature, let task = members["task"]?.text else {
      return (signature, id ?? .random())
    }
    var (options, kwargs) = (PythonObject(), PythonObject())
    if case .object(let stated)? = members["options"] { options = stated }
    if case .object(let stated)? = members["kwargs"] { kwargs = stated }
    var own = options["task_id"]?.text.map { TaskID($0) } ?? id
    switch task {
    case "celery.group": kwargs["tasks"] = Self.members(kwargs["tasks"])
    case "celery.chain":
      guard case .array(var tasks)? = kwargs["tasks"], let last = tasks.popLast() else { break }
      let (named, lastID) = withTaskIDs(last, id: own)
      kwargs["tasks"] = .array(tasks.map { withTaskIDs($0).0 } + [named])
      own = own ?? lastID
    case "celery.chord":
      kwargs["header"] = Self.members(kwargs["header"])
      guard let body = kwargs["body"] else { break }
      let (named, bodyID) = withTaskIDs(body, id: own)
      kwargs["body"] = named
      own = own ?? bodyID
    default: break
    }
    let taskID = own ?? .random()
    if options["task_id"]?.text == nil { options["task_id"] = .string(taskID.rawValue) }
    members["options"] = .object(options)
    if !kwargs.isEmpty { members["kwargs"] = .object(kwargs) }
    return (.object(members), taskID)
  }

  /// The tasks of a group: a list of signatures, or the signature of a group.
  private static func members(_ value: PythonValue?) -> PythonValue? {
    guard case .array(let tasks)? = value else { return value.map { withTaskIDs($0).0 } }
    return .array(tasks.map { withTaskIDs($0).0 })
  }
}
