import OrderedCollections

/// A Python `dict` whose keys are not all strings, in the order of insertion.
///
/// A dictionary with string keys only is a ``PythonObject``; ``PythonValue/dictionary(of:)`` makes whichever
/// is right.
public struct PythonDictionary: Hashable, Sendable {
  private var members: OrderedDictionary<PythonValue, PythonValue> = [:]

  /// Makes a dictionary of keys and values.
  ///
  /// Where a key occurs twice the last value counts and the first place, as in Python.
  public init(_ members: some Sequence<(PythonValue, PythonValue)>) {
    for (key, value) in members { self.members[key] = value }
  }

  /// The value at `key`.
  public subscript(key: PythonValue) -> PythonValue? { members[key] }

  /// The keys in their order.
  public var keys: [PythonValue] { Array(members.keys) }

  /// Whether both have the same members, in whatever order, as in Python.
  public static func == (left: PythonDictionary, right: PythonDictionary) -> Bool {
    left.count == right.count && left.allSatisfy { right.members[$0.key] == $0.value }
  }

  /// Hashes the members without their order.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(unordered: self)
  }
}

extension PythonDictionary: RandomAccessCollection {
  /// The position of the first member.
  public var startIndex: Int { 0 }

  /// The position after the last member.
  public var endIndex: Int { members.count }

  /// The member at a position.
  public subscript(position: Int) -> (key: PythonValue, value: PythonValue) {
    members.elements[position]
  }
}

extension PythonValue {
  /// A `dict`: an object when every key is a string.
  public static func dictionary(of members: some Sequence<(PythonValue, PythonValue)>) -> PythonValue {
    var object: PythonObject = [:]
    for (key, value) in members {
      guard case .string(let name) = key else { return .dictionary(PythonDictionary(members)) }
      object[name] = value
    }
    return .object(object)
  }
}
