/// Several backends in one application: one for most tasks, others for the tasks that need them.
///
/// ```swift
/// let backends = try ResultBackends(
///   default: redis,
///   alternatives: ["database": database],
///   rules: [.tasks("proj.reports.*", in: "database")]
/// )
/// ```
///
/// It is a backend itself: a store goes by the name in its request, and `asyncResult` by the name that it is
/// given. Where a name is not known, the default backend is meant.
public struct ResultBackends: Sendable {
  /// Where a result is looked for.
  public struct Lookup: Hashable, Sendable {
    private enum Value {
      case boundBackend
      case anywhere
    }

    private let value: Value

    /// Only in the backend that the rules name for the task, or in the default one where the name is not known.
    public static let boundBackend = Lookup(value: .boundBackend)
    /// In that backend first, and in all others where it has nothing.
    public static let anywhere = Lookup(value: .anywhere)
  }

  /// The backend of all tasks that no rule names.
  public let defaultBackend: any ResultBackend
  /// The other backends, by their names.
  public let alternatives: [String: any ResultBackend]
  /// Which tasks have which of them.
  public let rules: [Rule]
  /// Where a result is looked for.
  public let lookup: Lookup
  /// The name of the backend that is asked first; nil for the default one.
  var firstAsked: String?

  /// Puts backends together.
  ///
  /// - Parameters:
  ///   - defaultBackend: The backend of all tasks that no rule names.
  ///   - alternatives: The other backends, by names of your own.
  ///   - rules: Which tasks have which of them. As in Celery's `task_routes` a rule that gives the very name of
  ///     a task comes first, then the first pattern that matches.
  ///   - lookup: Where a result is looked for.
  /// - Throws: `ResultError` with code `unknownBackend` when a rule names none of the alternatives.
  public init(
    default defaultBackend: any ResultBackend,
    alternatives: [String: any ResultBackend],
    rules: [Rule],
    lookup: Lookup = .boundBackend
  ) throws(ResultError) {
    for rule in rules where alternatives[rule.backendName] == nil {
      throw ResultError(
        .unknownBackend,
        message:
          "the rule for tasks \(rule.taskName) names the backend \(rule.backendName), which is none of "
          + "the alternatives: \(alternatives.keys.sorted().joined(separator: ", "))."
      )
    }
    self.defaultBackend = defaultBackend
    self.alternatives = alternatives
    self.rules = rules
    self.lookup = lookup
  }

  /// The backend to which the rules bind a task.
  ///
  /// - Parameter taskName: The name of the task; nil gives the default backend.
  public func backend(forTask taskName: String?) -> any ResultBackend {
    backendName(forTask: taskName).flatMap { alternatives[$0] } ?? defaultBackend
  }

  /// Refers to the result of a task that may still be running.
  ///
  /// - Parameters:
  ///   - id: The id of the task.
  ///   - type: What the task returns.
  ///   - taskName: The name of the task, by which the rules tell its backend.
  public func asyncResult<Value>(
    _ id: TaskID,
    as type: Value.Type = Value.self,
    taskName: String? = nil
  ) -> AsyncResult<Value> {
    guard lookup == .anywhere else { return AsyncResult(id, backend: backend(forTask: taskName)) }
    var backends = self
    backends.firstAsked = backendName(forTask: taskName)
    return AsyncResult(id, backend: backends)
  }

  private func backendName(forTask taskName: String?) -> String? {
    guard let taskName else { return nil }
    let rule = rules.first { $0.taskName == taskName } ?? rules.first { $0.matches(taskName) }
    return rule?.backendName
  }
}
