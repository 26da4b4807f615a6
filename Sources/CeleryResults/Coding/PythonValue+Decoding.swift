/// What a value is read as.
///
/// The place of the value is asked for only when there is an error.
extension PythonValue {
  func decode(_ type: Bool.Type, at place: @autoclosure () -> CodingPlace) throws -> Bool {
    guard case .bool(let value) = self else { throw mismatch(type, expected: "bool", at: place()) }
    return value
  }

  func decode(_ type: String.Type, at place: @autoclosure () -> CodingPlace) throws -> String {
    guard case .string(let string) = self else { throw mismatch(type, expected: "str", at: place()) }
    guard let text = string.text else {
      throw corrupted(
        "The text has a surrogate without a partner, which a Swift String cannot hold.",
        at: place()
      )
    }
    return text
  }

  func decode(_ type: Double.Type, at place: @autoclosure () -> CodingPlace) throws -> Double {
    switch self {
    case .double(let value): return value
    case .integer(let value): return Double(value)
    case .bigInteger(let value):
      guard let double = Double(value.digits), double.isFinite else {
        throw corrupted("The int does not fit Double.", at: place())
      }
      return double
    default: throw mismatch(type, expected: "float", at: place())
    }
  }

  func decode(_ type: Float.Type, at place: @autoclosure () -> CodingPlace) throws -> Float {
    let double = try decode(Double.self, at: place())
    let float = Float(double)
    guard float.isFinite || !double.isFinite else {
      throw corrupted("The float does not fit Float.", at: place())
    }
    return float
  }

  /// Reads an integer of any size, also from a float without fraction.
  func decode<Integer: FixedWidthInteger>(
    integer type: Integer.Type,
    at place: @autoclosure () -> CodingPlace
  ) throws -> Integer {
    switch self {
    case .integer(let value): if let integer = Integer(exactly: value) { return integer }
    case .bigInteger(let value): if let integer = Integer(value.digits) { return integer }
    case .double(let value): if let integer = Integer(exactly: value) { return integer }
    default: throw mismatch(type, expected: "int", at: place())
    }
    throw corrupted("The \(typeName) does not fit \(type).", at: place())
  }

  /// The error for a value of another type; it names the types and not the value.
  func mismatch(_ type: Any.Type, expected: String, at place: CodingPlace) -> DecodingError {
    let context = DecodingError.Context(
      codingPath: place.path,
      debugDescription: "Expected a \(expected) but found a \(typeName)."
    )
    if case .null = self { return .valueNotFound(type, context) }
    return .typeMismatch(type, context)
  }

  /// The error for a value of the right type that does not fit.
  func corrupted(_ description: String, at place: CodingPlace) -> DecodingError {
    .dataCorrupted(DecodingError.Context(codingPath: place.path, debugDescription: description))
  }
}
