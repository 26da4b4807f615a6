import OrderedCollections

/// A Python `dict` with string keys, in the order of insertion.
public struct PythonObject: Sendable {
  private var members: OrderedDictionary<PythonString, PythonValue> = [:]

  /// Makes an empty dictionary.
  public init() {}

  /// Makes a dictionary of keys and values.
  ///
  /// Where a key occurs twice the last value counts and the first place, as in Python.
  public init(_ members: some Sequence<(PythonString, PythonValue)>) {
    for (key, value) in members { self[key] = value }
  }

  /// The value at `key`; setting nil removes the key, and a new key comes last.
  public subscript(key: PythonString) -> PythonValue? {
    get { members[key] }
    set { members[key] = newValue }
  }

  /// The keys in their order.
  public var keys: [PythonString] { Array(members.keys) }
}

extension PythonObject: RandomAccessCollection {
  /// The position of the first member.
  public var startIndex: Int { 0 }

  /// The position after the last member.
  public var endIndex: Int { members.count }

  /// The member at a position.
  public subscript(position: Int) -> (key: PythonString, value: PythonValue) {
    members.elements[position]
  }
}

extension PythonObject: Hashable {
  /// Whether both have the same members, in whatever order, as in Python.
  public static func == (left: PythonObject, right: PythonObject) -> Bool {
    left.count == right.count && left.allSatisfy { right[$0.key] == $0.value }
  }

  /// Hashes the members without their order.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(unordered: self)
  }
}

extension PythonObject: ExpressibleByDictionaryLiteral {
  /// Makes a dictionary of a literal.
  public init(dictionaryLiteral elements: (PythonString, PythonValue)...) {
    self.init(elements)
  }
}
