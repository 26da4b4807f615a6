/// Reads one JSON value from UTF-8 bytes.
struct PythonJSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  private var remainingDepth: Int

  private init(_ bytes: UnsafeBufferPointer<UInt8>, nestingLimit: Int) {
    self.bytes = bytes
    self.remainingDepth = nestingLimit
  }

  /// Reads `bytes` as one value with nothing but white space around it.
  static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>,
    nestingLimit: Int
  ) -> Result<PythonValue, PythonJSONError> {
    var parser = PythonJSONParser(bytes, nestingLimit: nestingLimit)
    do throws(PythonJSONError) {
      let value = try parser.value()
      parser.skipWhitespace()
      guard parser.position == bytes.count else {
        throw parser.error(.trailingData, "expected the end")
      }
      return .success(value)
    } catch {
      return .failure(error)
    }
  }

  /// The byte at the position, or nil at the end.
  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Reads the next value, white space before it included.
  mutating func value() throws(PythonJSONError) -> PythonValue {
    skipWhitespace()
    guard let byte = current else { throw error(.syntax, "expected a value") }
    switch byte {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N"): return try word("NaN", .double(.nan))
    case UInt8(ascii: "I"): return try word("Infinity", .double(.infinity))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw error(.syntax, "expected a value")
    }
  }

  private mutating func array() throws(PythonJSONError) -> PythonValue {
    try enter()
    var elements: [PythonValue] = []
    if !closes(with: "]") {
      repeat {
        elements.append(try value())
      } while try continues(until: "]")
    }
    remainingDepth += 1
    return .array(elements)
  }

  private mutating func object() throws(PythonJSONError) -> PythonValue {
    let start = position
    try enter()
    var members = PythonObject()
    if !closes(with: "}") {
      members = PythonObject(minimumCapacity: 2)
      repeat {
        skipWhitespace()
        guard current == UInt8(ascii: "\"") else { throw error(.syntax, "expected a key in quotes") }
        let key = try string()
        skipWhitespace()
        guard current == UInt8(ascii: ":") else { throw error(.syntax, "expected ':' after a key") }
        position += 1
        members.updateValue(try value(), forKey: key)
      } while try continues(until: "}")
    }
    remainingDepth += 1
    return try KombuType.decode(members, byteOffset: start)
  }

  private mutating func enter() throws(PythonJSONError) {
    guard remainingDepth > 0 else {
      throw error(.nestingTooDeep, "arrays and objects are nested more deeply than the limit")
    }
    remainingDepth -= 1
    position += 1
  }

  private mutating func closes(with bracket: Unicode.Scalar) -> Bool {
    skipWhitespace()
    guard current == UInt8(ascii: bracket) else { return false }
    position += 1
    return true
  }

  /// Reads what stands after an element: true for a comma, false for the closing bracket.
  private mutating func continues(until bracket: Unicode.Scalar) throws(PythonJSONError) -> Bool {
    if closes(with: bracket) { return false }
    guard current == UInt8(ascii: ",") else { throw error(.syntax, "expected ',' or '\(bracket)'") }
    position += 1
    return true
  }

  mutating func word(_ text: StaticString, _ value: PythonValue) throws(PythonJSONError) -> PythonValue {
    let end = position + text.utf8CodeUnitCount
    let expected = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard end <= bytes.count, bytes[position..<end].elementsEqual(expected) else {
      throw error(.syntax, "expected a value")
    }
    position = end
    return value
  }

  mutating func skipWhitespace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  /// An error at the position.
  func error(_ code: PythonJSONError.Code, _ detail: String) -> PythonJSONError {
    if position >= bytes.count, code == .syntax {
      return PythonJSONError(.unexpectedEnd, byteOffset: bytes.count, detail: detail)
    }
    return PythonJSONError(code, byteOffset: position, detail: detail)
  }
}
