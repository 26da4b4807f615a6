/// Makes Python values of Swift values, as Celery would store them.
///
/// Foundation's `Date` becomes a datetime in UTC, `Decimal` a decimal, `UUID` a uuid, `Data` bytes, `URL` a
/// string; a `PythonValue` stays as it is.
public struct PythonValueEncoder: Sendable {
  /// Makes an encoder.
  public init() {}

  /// Makes a Python value of `value`.
  ///
  /// - Throws: `EncodingError`, or what the value's own `encode(to:)` throws.
  public func encode(_ value: some Encodable) throws -> PythonValue {
    try PythonEncoding(codingPath: []).box(value)
  }
}

/// One value in the course of being encoded.
final class PythonEncoding: Encoder {
  /// What has been encoded so far.
  enum State {
    case empty
    case value(PythonValue)
    case array([PythonEncoding])
    case object(keys: [PythonString], members: [PythonString: PythonEncoding])
  }

  var state = State.empty
  let codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any] = [:]

  init(codingPath: [any CodingKey]) {
    self.codingPath = codingPath
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .object = state {} else { state = .object(keys: [], members: [:]) }
    return KeyedEncodingContainer(PythonKeyedEncoding(encoding: self, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .array = state {} else { state = .array([]) }
    return PythonUnkeyedEncoding(encoding: self, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    PythonSingleValueEncoding(encoding: self, codingPath: codingPath)
  }

  /// The member at `key`, made if there is none yet.
  func member(_ key: any CodingKey) -> PythonEncoding {
    let member = PythonEncoding(codingPath: codingPath + [key])
    guard case .object(var keys, var members) = state else { return member }
    state = .empty
    let name = PythonString(key.stringValue)
    if members.updateValue(member, forKey: name) == nil { keys.append(name) }
    state = .object(keys: keys, members: members)
    return member
  }

  /// A new last element.
  func element() -> PythonEncoding {
    guard case .array(var elements) = state else { return PythonEncoding(codingPath: codingPath) }
    state = .empty
    let element = PythonEncoding(codingPath: codingPath + [IndexKey(intValue: elements.count)])
    elements.append(element)
    state = .array(elements)
    return element
  }

  /// What has been encoded, as a value; a value that encoded nothing is an empty object.
  func finish() -> PythonValue {
    switch state {
    case .empty: [:]
    case .value(let value): value
    case .array(let elements): .array(elements.map { $0.finish() })
    case .object(let keys, let members):
      .object(
        PythonObject(keys.compactMap { key in members[key].map { (key, $0.finish()) } })
      )
    }
  }
}

/// A place in an array, for the paths of errors.
struct IndexKey: CodingKey {
  let intValue: Int?
  var stringValue: String { "Index \(intValue ?? 0)" }

  init(intValue: Int) {
    self.intValue = intValue
  }

  init?(stringValue: String) {
    nil
  }
}
