#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes values as YAML in one line and in ASCII.
struct YAMLWriter {
  private var bytes: [UInt8] = []
  private var depth = 0

  /// What has been written.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func write(_ value: PythonValue) throws(ContentError) {
    guard depth < YAML.nestingLimit else {
      throw .writingTooDeep(in: YAML.format, limit: YAML.nestingLimit)
    }
    depth += 1
    defer { depth -= 1 }
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .integer(let value): append(String(value))
    case .bigInteger(let value): append(value.digits)
    case .double(let value): append(Self.text(of: value))
    case .string(let value): write(value)
    case .bytes(let value): append("!!binary \"\(Data(value).base64EncodedString())\"")
    case .array(let elements), .tuple(let elements):
      append("[")
      var isFirst = true
      for element in elements {
        if !isFirst { append(", ") }
        isFirst = false
        try write(element)
      }
      append("]")
    case .object(let members): try write(members.map { (.string($0.key), $0.value) })
    case .dictionary(let members): try write(members.map { ($0.key, $0.value) })
    case .set(let set) where !set.isFrozen:
      append("!!set ")
      try write(set.elements.map { ($0, .null) })
    case .datetime(let value): append(value.isoFormat.replacing("T", with: " "))
    case .date(let value): append(value.isoFormat)
    case .time, .decimal, .uuid, .set, .timedelta, .exception, .opaque:
      throw unsupported("a \(value.typeName)")
    }
  }

  private func unsupported(_ what: String) -> ContentError {
    ContentError(
      .unsupportedValue,
      in: YAML.format,
      detail: "\(what) cannot be written; use another serializer"
    )
  }

  private mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func write(_ members: [(PythonValue, PythonValue)]) throws(ContentError) {
    append("{")
    var isFirst = true
    for (key, value) in members {
      if !isFirst { append(", ") }
      isFirst = false
      switch key {
      case .array, .tuple, .object, .dictionary, .set:
        throw unsupported("a dict with a key of type \(key.typeName), which YAML does not read back,")
      default: break
      }
      // PyYAML takes a key of more than 1,024 characters only where it is announced.
      append("? ")
      try write(key)
      append(" : ")
      try write(value)
    }
    append("}")
  }

  /// Writes text in double quotes: surrogates only where they are alone.
  private mutating func write(_ string: PythonString) {
    append("\"")
    var rest = string.utf16[...]
    while let unit = rest.popFirst() {
      switch unit {
      case 0x22: append("\\\"")
      case 0x5C: append("\\\\")
      case 0x20..<0x7F: bytes.append(UInt8(unit))
      case 0x0A: append("\\n")
      case _ where UTF16.isLeadSurrogate(unit) && rest.first.map(UTF16.isTrailSurrogate) ?? false:
        let trail = rest.removeFirst()
        let scalar = 0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(trail & 0x3FF))
        append("\\U" + Self.hexadecimal(scalar, digits: 8))
      default: append("\\u" + Self.hexadecimal(UInt32(unit), digits: 4))
      }
    }
    append("\"")
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: digits - text.utf8.count) + text
  }

  /// A float in the form that YAML 1.1 takes for one: with a point.
  private static func text(of value: Double) -> String {
    if value.isNaN { return ".nan" }
    if value.isInfinite { return value < 0 ? "-.inf" : ".inf" }
    let text = PythonFloat.representation(of: value)
    return text.contains(".") ? text : text.replacing("e", with: ".0e")
  }
}
