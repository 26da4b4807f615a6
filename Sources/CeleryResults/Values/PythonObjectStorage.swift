import OrderedCollections

/// The members of a `PythonObject`: one array while they are few, so that there is one thing to allocate and nothing
/// to hash, and a dictionary once they are many.
enum PythonObjectStorage: Sendable {
  // The compiler knows better than of a tuple how it is destroyed.
  struct Member: Sendable {
    let key: PythonString
    var value: PythonValue
  }

  case few([Member])
  case many(OrderedDictionary<PythonString, PythonValue>)

  /// How many are looked through sooner than one is hashed.
  private static let most = 8

  var count: Int {
    switch self {
    case .few(let members): members.count
    case .many(let members): members.count
    }
  }

  subscript(position: Int) -> (key: PythonString, value: PythonValue) {
    switch self {
    case .few(let members): (members[position].key, members[position].value)
    case .many(let members): members.elements[position]
    }
  }

  func position(of key: PythonString) -> Int? {
    switch self {
    case .few(let members): Self.position(of: key, in: members)
    case .many(let members): members.index(forKey: key)
    }
  }

  private static func position(of key: PythonString, in members: [Member]) -> Int? {
    for position in members.indices where members[position].key == key { return position }
    return nil
  }

  @inline(__always)
  func forEachMember<Failure: Error>(
    _ body: (PythonString, PythonValue) throws(Failure) -> Void
  ) throws(Failure) {
    switch self {
    case .few(let members): for member in members { try body(member.key, member.value) }
    case .many(let members): for member in members { try body(member.key, member.value) }
    }
  }

  // What is changed is taken out and put back, so that it is never copied.

  mutating func reserveCapacity(_ minimumCapacity: Int) {
    guard case .few(var members) = self, minimumCapacity <= Self.most else { return }
    self = .few([])
    members.reserveCapacity(minimumCapacity)
    self = .few(members)
  }

  /// Sets the value at `key`; a new key comes last.
  mutating func updateValue(_ value: consuming PythonValue, forKey key: consuming PythonString) {
    if case .few(var members) = self {
      self = .few([])
      if let position = Self.position(of: key, in: members) {
        members[position].value = value
      } else if members.count < Self.most {
        members.append(Member(key: key, value: value))
      } else {
        var many = OrderedDictionary(uniqueKeysWithValues: members.lazy.map { ($0.key, $0.value) })
        many[key] = value
        self = .many(many)
        return
      }
      self = .few(members)
    } else if case .many(var members) = self {
      self = .few([])
      members[key] = value
      self = .many(members)
    }
  }

  mutating func setValue(_ value: consuming PythonValue, at position: Int) {
    switch self {
    case .few(var members):
      self = .few([])
      members[position].value = value
      self = .few(members)
    case .many(var members):
      self = .few([])
      members.values[position] = value
      self = .many(members)
    }
  }

  mutating func remove(at position: Int) {
    switch self {
    case .few(var members):
      self = .few([])
      members.remove(at: position)
      self = .few(members)
    case .many(var members):
      self = .few([])
      members.remove(at: position)
      self = .many(members)
    }
  }
}
