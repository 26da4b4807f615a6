/// What a task's request tells the store about the task.
///
/// Source: `celery.app.task.Context`.
public struct TaskRequest: Hashable, Sendable {
  /// The name of the task, such as `proj.tasks.add`.
  ///
  /// Stored when results are extended.
  public var name: String?
  /// The positional arguments.
  ///
  /// Stored when results are extended.
  public var args: Arguments?
  /// The named arguments.
  ///
  /// Stored when results are extended.
  public var kwargs: Arguments?
  /// The name of the worker, as `celery@host`.
  ///
  /// Stored when results are extended.
  public var worker: String?
  /// The name of the periodic task that sent this one.
  ///
  /// Stored when results are extended.
  public var periodicTaskName: String?
  /// The tasks and groups that the task has sent.
  ///
  /// Always stored.
  public var children: [ResultReference]
  /// What else is stored beside the children, under keys of the task's own.
  public var meta: PythonObject

  /// Makes a request.
  public init(
    name: String? = nil,
    args: Arguments? = nil,
    kwargs: Arguments? = nil,
    worker: String? = nil,
    periodicTaskName: String? = nil,
    children: [ResultReference] = [],
    meta: PythonObject = [:]
  ) {
    self.name = name
    self.args = args
    self.kwargs = kwargs
    self.worker = worker
    self.periodicTaskName = periodicTaskName
    self.children = children
    self.meta = meta
  }
}

extension TaskRequest {
  /// Arguments of a task, in one of the forms in which Celery stores them.
  public struct Arguments: Hashable, Sendable {
    /// What is stored, before it becomes JSON.
    public let storedValue: PythonValue

    /// Positional arguments, stored as Python's `repr` of their tuple, as Celery's task protocol 2 does.
    public static func positional(_ values: [PythonValue]) -> Arguments {
      .representation(PythonRepresentation.tuple(values))
    }

    /// Named arguments, stored as Python's `repr` of their dictionary, as Celery's task protocol 2 does.
    public static func named(_ values: PythonObject) -> Arguments {
      .representation(PythonRepresentation.text(.object(values)))
    }

    /// Arguments whose `repr` is already at hand, as in a message's headers `argsrepr` and `kwargsrepr`.
    public static func representation(_ text: String) -> Arguments {
      Arguments(storedValue: .string(text))
    }

    /// Arguments stored as JSON themselves, as Celery's task protocol 1 does.
    public static func json(_ value: PythonValue) -> Arguments {
      Arguments(storedValue: value)
    }
  }
}

extension TaskRequest.Arguments: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
  /// Makes positional arguments of an array literal.
  public init(arrayLiteral elements: PythonValue...) {
    self = .positional(elements)
  }

  /// Makes named arguments of a dictionary literal.
  public init(dictionaryLiteral elements: (PythonString, PythonValue)...) {
    self = .named(PythonObject(elements))
  }
}
