import OrderedCollections

/// A Python `set` or `frozenset`, its elements in the order in which they were written.
public struct PythonSet: Hashable, Sendable {
  private var members: OrderedSet<PythonValue>
  /// Whether it is a `frozenset`.
  public let isFrozen: Bool

  /// Makes a set; elements that occur twice are kept once.
  public init(_ elements: some Sequence<PythonValue>, isFrozen: Bool = false) {
    self.members = OrderedSet(elements)
    self.isFrozen = isFrozen
  }

  /// The elements.
  public var elements: [PythonValue] { members.elements }

  /// Whether both have the same elements, in whatever order, and are of the same type.
  public static func == (left: PythonSet, right: PythonSet) -> Bool {
    left.isFrozen == right.isFrozen && left.members.count == right.members.count
      && left.members.allSatisfy { right.members.contains($0) }
  }

  /// Hashes the elements without their order.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(isFrozen)
    hasher.combine(members.reduce(0) { $0 ^ $1.hashValue })
  }
}
