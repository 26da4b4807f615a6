/// What has been encoded so far of one value.
///
/// What is changed is taken out and put back, so that it is never copied.
enum PythonEncodingState {
  case empty
  case value(PythonValue)
  case array([PythonValue])
  case object(PythonObject)

  /// Sets the member at `key` of an object.
  mutating func set(_ value: consuming PythonValue, forKey key: consuming PythonString) {
    guard case .object(var members) = self else { return }
    self = .empty
    members.updateValue(value, forKey: key)
    self = .object(members)
  }

  /// Adds a last element to an array.
  mutating func append(_ value: consuming PythonValue) {
    guard case .array(var elements) = self else { return }
    self = .empty
    elements.append(value)
    self = .array(elements)
  }

  /// Gives what is here and leaves nothing.
  mutating func taken() -> Self {
    let state = self
    self = .empty
    return state
  }
}
