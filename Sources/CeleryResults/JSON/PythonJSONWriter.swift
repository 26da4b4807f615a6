#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes values as JSON text.
struct PythonJSONWriter {
  /// For programs as Python writes it, or for people.
  enum Style {
    case python
    case readable
  }

  var bytes: [UInt8] = []
  let style: Style
  private let nestingLimit: Int
  private var depth = 0

  init(style: Style, nestingLimit: Int) {
    self.style = style
    self.nestingLimit = nestingLimit
    bytes.reserveCapacity(256)
  }

  /// What has been written.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func write(_ value: PythonValue) throws(PythonJSONError) {
    switch value {
    case .null: append(literal: "null")
    case .bool(let value): append(literal: value ? "true" : "false")
    case .integer(let value):
      if value < 0 { bytes.append(UInt8(ascii: "-")) }
      append(digitsOf: value.magnitude)
    case .bigInteger(let value): append(value.digits)
    case .double(let value): append(Self.text(of: value))
    case .string(let value): write(value)
    case .array(let elements), .tuple(let elements): try write(elements: elements)
    case .object(let members): try write(members: members)
    case .datetime(let value): try write("datetime", .string(value.isoFormat))
    case .date(let value): try write("date", .string(value.isoFormat))
    case .time(let value): try write("time", .string(value.isoFormat))
    case .decimal(let value): try write("decimal", .string(value.text))
    case .uuid(let value): try write("uuid", ["hex": .string(Self.hexadecimal(value))])
    case .bytes(let value):
      if let text = String(validating: value, as: UTF8.self) {
        try write("bytes", .string(text))
      } else {
        try write("base64", .string(Data(value).base64EncodedString()))
      }
    case .dictionary(let members): try write(members: try Self.object(members))
    case .set, .timedelta, .exception, .opaque:
      throw PythonJSONError(
        .unsupportedValue,
        detail: "a \(value.typeName) cannot be written; store text, numbers, lists, or use another serializer"
      )
    }
  }

  mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  mutating func append(literal: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  private mutating func append(digitsOf value: UInt64) {
    let (others, last) = value.quotientAndRemainder(dividingBy: 10)
    if others > 0 { append(digitsOf: others) }
    bytes.append(UInt8(ascii: "0") + UInt8(last))
  }

  private mutating func write(_ type: PythonString, _ value: PythonValue) throws(PythonJSONError) {
    if style == .python, case .string(let string) = value {
      append(literal: #"{"__type__": ""#)
      append(type.description)
      append(literal: #"", "__value__": "#)
      write(string)
      bytes.append(UInt8(ascii: "}"))
      return
    }
    try write(.object([KombuType.typeKey: .string(type), KombuType.valueKey: value]))
  }

  private mutating func write(elements: [PythonValue]) throws(PythonJSONError) {
    try enter("[")
    var isFirst = true
    for element in elements {
      separate(isFirst: isFirst)
      isFirst = false
      try write(element)
    }
    leave("]", isEmpty: isFirst)
  }

  private mutating func write(
    members: PythonObject
  ) throws(PythonJSONError) {
    try enter("{")
    var isFirst = true
    for (key, value) in members {
      separate(isFirst: isFirst)
      isFirst = false
      write(key)
      append(literal: ": ")
      try write(value)
    }
    leave("}", isEmpty: isFirst)
  }

  /// The keys that `json.dumps` makes of keys that are no strings.
  private static func object(_ members: PythonDictionary) throws(PythonJSONError) -> PythonObject {
    var object: PythonObject = [:]
    for (key, value) in members {
      guard let name = key.jsonKey else {
        throw PythonJSONError(
          .unsupportedValue,
          detail: "a dict has a key of type \(key.typeName); keys must be str, int, float, bool or None"
        )
      }
      object[name] = value
    }
    return object
  }

  private mutating func enter(_ bracket: Unicode.Scalar) throws(PythonJSONError) {
    guard depth < nestingLimit else {
      throw PythonJSONError(.nestingTooDeep, detail: "a value may be nested \(nestingLimit) deep")
    }
    depth += 1
    bytes.append(UInt8(ascii: bracket))
  }

  private mutating func leave(_ bracket: Unicode.Scalar, isEmpty: Bool) {
    depth -= 1
    if !isEmpty && style == .readable { newLine() }
    bytes.append(UInt8(ascii: bracket))
  }

  private mutating func separate(isFirst: Bool) {
    switch style {
    case .python:
      if !isFirst { append(literal: ", ") }
    case .readable:
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      newLine()
    }
  }

  private mutating func newLine() {
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * depth))
  }

  /// A float in JSON: Python's `repr`, but NaN and infinities by JavaScript's names.
  static func text(of value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    return PythonFloat.representation(of: value)
  }

  private static func hexadecimal(_ uuid: UUID) -> String {
    uuid.uuidString.lowercased().filter { $0 != "-" }
  }
}

extension PythonValue {
  /// The key that `json.dumps` writes for this one; nil for a type that it refuses.
  var jsonKey: PythonString? {
    switch self {
    case .string(let value): value
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): PythonString(String(value))
    case .bigInteger(let value): PythonString(value.digits)
    case .double(let value): PythonString(PythonJSONWriter.text(of: value))
    default: nil
    }
  }
}
