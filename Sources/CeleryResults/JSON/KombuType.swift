#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// kombu's types in JSON: objects of exactly `__type__` and `__value__`.
///
/// Source: `object_hook` and `_register_default_types` in `kombu.utils.json`.
enum KombuType {
  static let typeKey: PythonString = "__type__"
  static let valueKey: PythonString = "__value__"

  /// The value that an object stands for: one of kombu's types, or the object itself.
  static func decode(
    _ members: PythonObject,
    byteOffset: Int
  ) throws(PythonJSONError) -> PythonValue {
    guard members.count == 2, let type = members[typeKey], let value = members[valueKey] else {
      return .object(members)
    }
    guard case .string(let name) = type, let decoder = decoders[name] else {
      throw PythonJSONError(
        .unsupportedType,
        byteOffset: byteOffset,
        detail: "expected one of \(decoders.keys.map(\.description).sorted().joined(separator: ", "))"
      )
    }
    guard let decoded = decoder(value) else {
      throw PythonJSONError(.malformedType, byteOffset: byteOffset, detail: "expected a \(name)")
    }
    return decoded
  }

  private static let decoders: [PythonString: @Sendable (PythonValue) -> PythonValue?] = [
    "datetime": { $0.text.flatMap(ISOFormatReader.dateTime).map(PythonValue.datetime) },
    "date": { $0.text.flatMap(ISOFormatReader.dateTime).map { .date($0.date) } },
    "time": { $0.text.flatMap(ISOFormatReader.time).map(PythonValue.time) },
    "decimal": { decimal($0).map(PythonValue.decimal) },
    "uuid": { $0["hex"]?.text.flatMap(uuid(hex:)).map(PythonValue.uuid) },
    "bytes": { $0.text.map { .bytes(Array($0.utf8)) } },
    "base64": { value in
      value.text.flatMap { Data(base64Encoded: $0, options: .ignoreUnknownCharacters) }.map {
        .bytes(Array($0))
      }
    },
  ]

  private static func decimal(_ value: PythonValue) -> PythonDecimal? {
    switch value {
    case .string(let string): string.text.flatMap(PythonDecimal.init)
    case .integer(let integer): PythonDecimal(String(integer))
    case .bigInteger(let integer): PythonDecimal(integer.digits)
    default: nil
    }
  }

  /// Reads 32 hexadecimal digits; braces, hyphens and `urn:uuid:` are passed over, as by `uuid.UUID`.
  static func uuid(hex: String) -> UUID? {
    let prefixes = ["urn:", "uuid:"]
    var text = hex[...]
    for prefix in prefixes where text.hasPrefix(prefix) { text = text.dropFirst(prefix.count) }
    while let first = text.first, first == "{" || first == "}" { text = text.dropFirst() }
    while let last = text.last, last == "{" || last == "}" { text = text.dropLast() }
    let digits = Array(text.utf8.filter { $0 != UInt8(ascii: "-") })
    let isHexadecimal = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    guard digits.count == 32, isHexadecimal else { return nil }
    let groups = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
    return UUID(uuidString: groups.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-"))
  }
}
