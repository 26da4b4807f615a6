/// One value in the course of being encoded.
final class PythonEncoding: Encoder {
  /// Members and elements that are still being encoded, by their positions, at which `None` stands.
  typealias Unfinished = [Int: PythonEncoding]

  // What it does is done to it at once, by functions that know nothing of this object: no access has to be
  // watched at run time.
  @exclusivity(unchecked) var state = PythonEncodingState.empty
  /// Those of the array or object in `state`.
  @exclusivity(unchecked) private var unfinished: Unfinished?
  let place: CodingPlace
  var codingPath: [any CodingKey] { place.path }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(place: CodingPlace) {
    self.place = place
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .object = state {} else { begin(.object(PythonObject(minimumCapacity: 4))) }
    return KeyedEncodingContainer(PythonKeyedEncoding(encoding: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .array = state {} else { begin(.array([])) }
    return PythonUnkeyedEncoding(encoding: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    PythonSingleValueEncoding(encoding: self)
  }

  private func begin(_ container: PythonEncodingState) {
    state = container
    unfinished = nil
  }

  /// Sets the member at `key`.
  func set(_ value: consuming PythonValue, forKey key: consuming String) {
    if unfinished != nil, let position = position(of: copy key) { unfinished?[position] = nil }
    state.set(value, forKey: PythonString(key))
  }

  /// Adds a last element.
  func append(_ value: consuming PythonValue) {
    state.append(value)
  }

  /// The encoding of the member at `key`: one that has begun goes on, as a class and its superclass may share it.
  func member(_ key: any CodingKey) -> PythonEncoding {
    let name = key.stringValue
    if let begun = position(of: name).flatMap({ unfinished?[$0] }) { return begun }
    let member = PythonEncoding(place: .member(key, of: place))
    set(.null, forKey: name)
    if let position = position(of: name) { add(member, at: position) }
    return member
  }

  private func position(of key: String) -> Int? {
    if case .object(let members) = state { members.position(of: PythonString(key)) } else { nil }
  }

  /// The encoding of a new last element.
  func element() -> PythonEncoding {
    guard case .array(let elements) = state else { return PythonEncoding(place: place) }
    let position = elements.count
    let element = PythonEncoding(place: .element(position, of: place))
    append(.null)
    add(element, at: position)
    return element
  }

  private func add(_ encoding: PythonEncoding, at position: Int) {
    if unfinished == nil { unfinished = [:] }
    unfinished?[position] = encoding
  }

  /// What has been encoded, as a value; a value that encoded nothing is an empty object.
  ///
  /// Nothing of it is left here.
  func finish() -> PythonValue {
    switch state.taken() {
    case .empty: return [:]
    case .value(let value): return value
    case .array(var elements):
      guard let unfinished else { return .array(elements) }
      for (position, element) in unfinished { elements[position] = element.finish() }
      return .array(elements)
    case .object(var members):
      guard let unfinished else { return .object(members) }
      for (position, member) in unfinished { members.setValue(member.finish(), at: position) }
      return .object(members)
    }
  }
}
