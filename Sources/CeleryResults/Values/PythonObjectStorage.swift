import OrderedCollections

/// The members of a `PythonObject`: one array while they are few, so that there is one thing to allocate and nothing
/// to hash, and a dictionary once they are many.
enum PythonObjectStorage: Sendable {
  typealias Member = (key: PythonString, value: PythonValue)

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

  subscript(position: Int) -> Member {
    switch self {
    case .few(let members): members[position]
    case .many(let members): members.elements[position]
    }
  }

  func position(of key: PythonString) -> Int? {
    switch self {
    case .few(let members): members.indices.first { members[$0].key == key }
    case .many(let members): members.index(forKey: key)
    }
  }

  mutating func reserveCapacity(_ minimumCapacity: Int) {
    guard case .few(var members) = self, minimumCapacity <= Self.most else { return }
    self = .few([])
    members.reserveCapacity(minimumCapacity)
    self = .few(members)
  }

  /// Adds a member whose key is not there yet.
  mutating func append(_ value: PythonValue, forKey key: PythonString) {
    switch self {
    case .few(var members):
      self = .few([])
      if members.count < Self.most {
        members.append((key, value))
        self = .few(members)
      } else {
        var many = OrderedDictionary(uniqueKeysWithValues: members.lazy.map { ($0.key, $0.value) })
        many[key] = value
        self = .many(many)
      }
    case .many(var members):
      self = .few([])
      members[key] = value
      self = .many(members)
    }
  }

  mutating func setValue(_ value: PythonValue, at position: Int) {
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
