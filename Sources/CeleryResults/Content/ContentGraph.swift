/// What a pickle or YAML builds: objects that refer to each other by number, perhaps in circles.
///
/// They lie in one array, so that neither depth nor circles matter when it is released.
struct ContentGraph {
  /// The number of an object.
  typealias Reference = Int32

  /// What an object is.
  enum Kind {
    /// A value without parts.
    case value(PythonValue)
    case list
    case tuple
    /// Keys and values in turn.
    case dictionary
    case set
    case frozenSet
    /// A class or function, by name.
    case global(module: String, name: String)
    /// The function or class, and a tuple of arguments; then, in turn, keys and values that were set.
    case call
  }

  struct Node {
    var kind: Kind
    var parts: [Reference] = []
    /// What `BUILD` gave.
    var state: Reference?
  }

  private(set) var nodes: [Node] = [
    Node(kind: .value(.null)), Node(kind: .value(.bool(true))), Node(kind: .value(.bool(false))),
    Node(kind: .tuple),
  ]

  static let none: Reference = 0
  static let yes: Reference = 1
  static let no: Reference = 2
  static let emptyTuple: Reference = 3

  subscript(reference: Reference) -> Node {
    nodes[Int(reference)]
  }

  /// Adds an object.
  mutating func add(_ kind: Kind, _ parts: [Reference] = []) -> Reference {
    nodes.append(Node(kind: kind, parts: parts))
    return Reference(truncatingIfNeeded: nodes.count - 1)
  }

  mutating func append(_ parts: some Sequence<Reference>, to reference: Reference) {
    nodes[Int(reference)].parts.append(contentsOf: parts)
  }

  mutating func setState(_ state: Reference, of reference: Reference) {
    nodes[Int(reference)].state = state
  }
}
