extension PythonValue {
  /// Whether Python takes this for false: null, false, zero, and empty text, bytes and containers.
  var isFalse: Bool {
    switch self {
    case .null: true
    case .bool(let value): !value
    case .integer(let value): value == 0
    case .double(let value): value == 0
    case .string(let value): value.text?.isEmpty ?? false
    case .array(let value): value.isEmpty
    case .object(let value): value.isEmpty
    case .bytes(let value): value.isEmpty
    case .tuple(let value): value.isEmpty
    case .set(let value): value.elements.isEmpty
    case .timedelta(let value): value == PythonTimedelta()
    default: false
    }
  }
}
