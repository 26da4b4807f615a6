#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes values as JSON text.
struct PythonJSONWriter: ~Copyable {
  /// For programs as Python writes it, or for people.
  enum Style {
    case python
    case readable
  }

  var output: TextBuffer
  let style: Style
  private let nestingLimit: Int
  private var depth = 0

  private init(style: Style, nestingLimit: Int, scratch: UnsafeMutableBufferPointer<UInt8>) {
    output = TextBuffer(scratch: scratch)
    self.style = style
    self.nestingLimit = nestingLimit
  }

  /// Writes one value: most of them fit the stack.
  static func text(
    of value: PythonValue,
    style: Style,
    nestingLimit: Int
  ) throws(PythonJSONError) -> String {
    try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1024) {
      (scratch) throws(PythonJSONError) -> String in
      var writer = PythonJSONWriter(style: style, nestingLimit: nestingLimit, scratch: scratch)
      try writer.write(value)
      return writer.output.text
    }
  }

  mutating func write(_ value: PythonValue) throws(PythonJSONError) {
    switch value {
    case .null: output.append(literal: "null")
    case .bool(let value): output.append(literal: value ? "true" : "false")
    case .integer(let value):
      if value < 0 { output.append(UInt8(ascii: "-")) }
      output.append(digitsOf: value.magnitude)
    case .bigInteger(let value): output.append(value.digits)
    case .double(let value): output.append(Self.text(of: value))
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

  private mutating func write(_ type: PythonString, _ value: PythonValue) throws(PythonJSONError) {
    if style == .python, case .string(let string) = value {
      output.append(literal: #"{"__type__": ""#)
      output.append(type.description)
      output.append(literal: #"", "__value__": "#)
      write(string)
      output.append(UInt8(ascii: "}"))
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

  private mutating func write(members: PythonObject) throws(PythonJSONError) {
    try enter("{")
    var isFirst = true
    try members.forEachMember { (key, value) throws(PythonJSONError) in
      separate(isFirst: isFirst)
      isFirst = false
      write(key)
      output.append(literal: ": ")
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
    output.append(UInt8(ascii: bracket))
  }

  private mutating func leave(_ bracket: Unicode.Scalar, isEmpty: Bool) {
    depth -= 1
    if !isEmpty && style == .readable { newLine() }
    output.append(UInt8(ascii: bracket))
  }

  private mutating func separate(isFirst: Bool) {
    switch style {
    case .python:
      if !isFirst { output.append(literal: ", ") }
    case .readable:
      if !isFirst { output.append(UInt8(ascii: ",")) }
      newLine()
    }
  }

  private mutating func newLine() {
    output.append(0x0A)
    output.append(repeating: 0x20, count: 2 * depth)
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
