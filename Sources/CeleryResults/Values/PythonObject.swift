/// A Python `dict` with string keys, in the order of insertion.
public struct PythonObject: Sendable {
  private var storage = PythonObjectStorage.few([])

  /// Makes an empty dictionary.
  public init() {}

  /// Makes a dictionary of keys and values.
  ///
  /// Where a key occurs twice the last value counts and the first place, as in Python.
  public init(_ members: some Sequence<(PythonString, PythonValue)>) {
    for (key, value) in members { updateValue(value, forKey: key) }
  }

  /// The value at `key`; setting nil removes the key, and a new key comes last.
  public subscript(key: PythonString) -> PythonValue? {
    get { storage.position(of: key).map { storage[$0].value } }
    set {
      if let newValue {
        updateValue(newValue, forKey: key)
      } else if let position = storage.position(of: key) {
        storage.remove(at: position)
      }
    }
  }

  /// Makes an empty dictionary with room for a few members.
  init(minimumCapacity: Int) {
    storage.reserveCapacity(minimumCapacity)
  }

  /// Sets the value at `key`; a new key comes last.
  mutating func updateValue(_ value: consuming PythonValue, forKey key: consuming PythonString) {
    storage.updateValue(value, forKey: key)
  }

  /// Where the member at `key` stands; nil when there is none.
  func position(of key: PythonString) -> Int? {
    storage.position(of: key)
  }

  /// Replaces the value of the member at a position.
  mutating func setValue(_ value: consuming PythonValue, at position: Int) {
    storage.setValue(value, at: position)
  }

  /// Calls `body` with each member in order, all of them read from one place.
  @inline(__always)
  func forEachMember<Failure: Error>(
    _ body: (PythonString, PythonValue) throws(Failure) -> Void
  ) throws(Failure) {
    try storage.forEachMember(body)
  }

  /// The keys in their order.
  public var keys: [PythonString] { map(\.key) }
}

extension PythonObject: RandomAccessCollection {
  /// The position of the first member.
  public var startIndex: Int { 0 }

  /// The position after the last member.
  public var endIndex: Int { storage.count }

  /// The member at a position.
  public subscript(position: Int) -> (key: PythonString, value: PythonValue) {
    storage[position]
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
