/// The body of a chord: a signature as Celery serialises it, with a task id that never changes.
///
/// Source: `celery.canvas.Signature`, `chord_error_from_stack` in `celery.backends.base`.
public struct ChordBody: Hashable, Sendable {
  /// The signature: `task`, `args`, `kwargs`, `options` and more.
  public let signature: PythonValue
  /// The id under which the body is sent, however often that is tried.
  public let taskID: TaskID

  /// Takes a signature.
  ///
  /// - Parameter signature: The signature. One without `options.task_id` gets a new id there, and so do the tasks
  ///   of a group, chain or chord: keep what `signature` is then, and nothing is sent under two ids.
  /// - Throws: `ResultError` with the code `invalidChord` when it names no task.
  public init(signature: PythonValue) throws(ResultError) {
    guard signature["task"]?.text != nil else {
      throw ResultError(
        .invalidChord,
        message: "the body is no signature: an object with the name of a task under task."
      )
    }
    (self.signature, taskID) = Self.withTaskIDs(signature)
  }

  /// Makes the signature of a task.
  ///
  /// - Parameters:
  ///   - task: The name of the task.
  ///   - id: The id under which it is sent.
  ///   - args: The arguments that follow the values of the parts.
  ///   - kwargs: The keyword arguments.
  public init(
    task: String,
    id: TaskID = .random(),
    args: [PythonValue] = [],
    kwargs: PythonObject = [:]
  ) {
    signature = [
      "task": .string(task), "args": .array(args), "kwargs": .object(kwargs),
      "options": ["task_id": .string(id.rawValue)], "subtask_type": .null, "immutable": .bool(false),
    ]
    taskID = id
  }

  /// The tasks that fail when a part of the header has failed: those of a group, or the body itself.
  public var failingTaskIDs: [TaskID] { failingTasks.map(\.id) }

  /// The same with the tasks' names, where they have one.
  var failingTasks: [(id: TaskID, name: String?)] {
    guard taskName == "celery.group", case .array(let tasks)? = signature["kwargs"]?["tasks"] else {
      return [(taskID, taskName)]
    }
    return tasks.compactMap { task in
      (task["options"]?["task_id"]?.text).map { (TaskID($0), task["task"]?.text) }
    }
  }

  /// The name of the task.
  public var taskName: String { signature["task"]?.text ?? "" }

  /// How many parts are counted, where the header's own number is another.
  package var chordSize: Int? {
    guard case .integer(let size)? = signature["chord_size"], size > 0 else { return nil }
    return Int(size)
  }
}
