/// A task or group that another task has sent: its id, its parent, and for a group its members.
///
/// Celery writes a task as `[["<id>", parent], null]` and a group as `[["<id>", parent], [member, …]]`.
/// Source: `AsyncResult.as_tuple`, `GroupResult.as_tuple` and `result_from_tuple` in `celery.result`.
public struct ResultReference: Hashable, Sendable {
  /// The id of the task or group.
  public var id: TaskID
  /// The members of a group; nil for a task.
  public var children: [ResultReference]?
  // An array, because a struct cannot hold itself.
  private var parents: [ResultReference]

  /// The task before this one in a chain.
  public var parent: ResultReference? {
    get { parents.first }
    set { parents = newValue.map { [$0] } ?? [] }
  }

  /// Whether this is a group.
  public var isGroup: Bool { children != nil }

  /// Refers to a task, or to a group when `children` are given.
  public init(_ id: TaskID, parent: ResultReference? = nil, children: [ResultReference]? = nil) {
    self.id = id
    self.children = children
    self.parents = parent.map { [$0] } ?? []
  }

  /// Reads a reference as Celery writes it; nil when `value` is none.
  public init?(celeryValue value: PythonValue) {
    guard let pair = value.elements, pair.count == 2 else { return nil }
    switch pair[0] {
    case .string(let id):
      guard let id = id.text else { return nil }
      self.init(TaskID(id))
    case .array(let identity), .tuple(let identity):
      guard identity.count == 2, let id = identity[0].text else { return nil }
      self.init(TaskID(id))
      if !identity[1].isFalse {
        guard let parent = ResultReference(celeryValue: identity[1]) else { return nil }
        self.parent = parent
      }
    default: return nil
    }
    switch pair[1] {
    case .null: break
    case .array(let members), .tuple(let members):
      guard let children = Self.list(members) else { return nil }
      self.children = children
    default: return nil
    }
  }

  /// Reads a list of references; nil when one of them is none.
  static func list(_ values: [PythonValue]) -> [ResultReference]? {
    let references = values.compactMap { ResultReference(celeryValue: $0) }
    return references.count == values.count ? references : nil
  }

  /// The reference as Celery writes it.
  public var celeryValue: PythonValue {
    [
      [.string(id.rawValue), parent?.celeryValue ?? .null],
      children.map { .array($0.map(\.celeryValue)) } ?? .null,
    ]
  }
}

extension ResultReference: ExpressibleByStringLiteral {
  /// Refers to a task without parent by its id.
  public init(stringLiteral value: String) {
    self.init(TaskID(value))
  }
}
