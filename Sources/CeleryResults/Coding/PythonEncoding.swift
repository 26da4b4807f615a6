/// One value in the course of being encoded.
final class PythonEncoding: Encoder {
  /// Members and elements that are still being encoded, by their positions, at which `None` stands.
  typealias Unfinished = [Int: PythonEncoding]

  /// What has been encoded so far.
  enum State {
    case empty
    case value(PythonValue)
    case array([PythonValue], Unfinished)
    case object(PythonObject, Unfinished)
  }

  // Everything is in one property, which is taken out, changed and put back: it is never copied, and no access to
  // it has to be watched at run time.
  var state = State.empty
  let place: CodingPlace
  var codingPath: [any CodingKey] { place.path }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(place: CodingPlace) {
    self.place = place
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .object = state {
    } else {
      var members = PythonObject()
      members.reserveCapacity(4)
      state = .object(members, [:])
    }
    return KeyedEncodingContainer(PythonKeyedEncoding(encoding: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .array = state {} else { state = .array([], [:]) }
    return PythonUnkeyedEncoding(encoding: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    PythonSingleValueEncoding(encoding: self)
  }

  /// Sets the member at `key`.
  func set(_ value: PythonValue, forKey key: String) {
    guard case .object(var members, var unfinished) = state else { return }
    state = .empty
    let name = PythonString(key)
    members.updateValue(value, forKey: name)
    if !unfinished.isEmpty, let position = members.position(of: name) { unfinished[position] = nil }
    state = .object(members, unfinished)
  }

  /// Adds a last element.
  func append(_ value: PythonValue) {
    guard case .array(var elements, let unfinished) = state else { return }
    state = .empty
    elements.append(value)
    state = .array(elements, unfinished)
  }

  /// The encoding of the member at `key`: one that has begun goes on, as a class and its superclass may share it.
  func member(_ key: any CodingKey) -> PythonEncoding {
    if case .object(let members, let unfinished) = state, !unfinished.isEmpty,
      let begun = members.position(of: PythonString(key.stringValue)).flatMap({ unfinished[$0] })
    {
      return begun
    }
    let member = PythonEncoding(place: .member(key, of: place))
    set(.null, forKey: key.stringValue)
    if case .object(let members, var unfinished) = state {
      if let position = members.position(of: PythonString(key.stringValue)) { unfinished[position] = member }
      state = .object(members, unfinished)
    }
    return member
  }

  /// The encoding of a new last element.
  func element() -> PythonEncoding {
    guard case .array(var elements, var unfinished) = state else { return PythonEncoding(place: place) }
    state = .empty
    let element = PythonEncoding(place: .element(elements.count, of: place))
    unfinished[elements.count] = element
    elements.append(.null)
    state = .array(elements, unfinished)
    return element
  }

  /// What has been encoded, as a value; a value that encoded nothing is an empty object.
  func finish() -> PythonValue {
    switch state {
    case .empty: return [:]
    case .value(let value): return value
    case .array(var elements, let unfinished):
      for (position, element) in unfinished { elements[position] = element.finish() }
      return .array(elements)
    case .object(var members, let unfinished):
      for (position, member) in unfinished { members.setValue(member.finish(), at: position) }
      return .object(members)
    }
  }
}
