/// After what time a cleanup deletes which results.
///
/// ```swift
/// let policy = CleanupPolicy(
///   .after(.seconds(86_400)),
///   states: [.failure: .after(.seconds(30 * 86_400))],
///   taskNames: ["proj.ticks.*": .after(.seconds(3_600)), "proj.invoice": .never]
/// )
/// ```
///
/// Of the names that fit a task the most exact one counts: the name itself, or else the longest beginning. Where a
/// name and a state fit, the longer time counts; where neither does, that of all results. A task whose name is not
/// stored fits no name. Groups expire as all results do.
public struct CleanupPolicy: Hashable, Sendable {
  /// After what time results expire.
  public enum Expiry: Hashable, Sendable {
    /// When they were stored longer ago.
    case after(Duration)
    /// At no time.
    case never
  }

  /// The results that neither a state nor a name of the policy fits.
  public var expiry: Expiry
  /// The results in some states.
  public var states: [TaskState: Expiry]
  /// The results of some tasks.
  public var taskNames: [TaskName: Expiry]

  /// Makes a policy.
  ///
  /// - Parameters:
  ///   - expiry: After what time all results expire that nothing else is said of.
  ///   - states: After what time those in some states do.
  ///   - taskNames: After what time those of some tasks do, by their names or, with a `*` at the end, by the
  ///     beginning of their names.
  public init(
    _ expiry: Expiry,
    states: [TaskState: Expiry] = [:],
    taskNames: [TaskName: Expiry] = [:]
  ) {
    self.expiry = expiry
    self.states = states
    self.taskNames = taskNames
  }

  /// After what time a result expires.
  ///
  /// - Parameters:
  ///   - state: Its state.
  ///   - name: The name of the task, where it is stored.
  public func expiry(of state: TaskState, name: String?) -> Expiry {
    let byName = name.flatMap { name in mostExactNames.first { $0.name.fits(name) }?.expiry }
    return [byName, states[state]].compactMap(\.self).max() ?? expiry
  }

  /// The names with the most exact first: where several fit, the first counts.
  package var mostExactNames: [(name: TaskName, expiry: Expiry)] {
    taskNames.map { ($0.key, $0.value) }.sorted { $0.name.isMoreExact(than: $1.name) }
  }

  /// The longest time of all: what is older is expired whatever it is.
  package var longest: Expiry { all.max() ?? expiry }
  /// The shortest time of all: what is younger is kept whatever it is.
  package var shortest: Expiry { all.min() ?? expiry }

  private var all: [Expiry] { [expiry] + states.values + taskNames.values }
}

extension CleanupPolicy.Expiry: Comparable {
  /// Whether a result expires sooner; never is the latest.
  public static func < (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.after(let left), .after(let right)): left < right
    case (.after, .never): true
    case (.never, _): false
    }
  }
}
