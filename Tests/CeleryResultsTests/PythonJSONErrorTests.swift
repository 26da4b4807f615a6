import CeleryResults
import Testing

struct PythonJSONErrorTests {
  /// Text that Python's `json.loads` refuses, and where.
  private static let refused: [(String, PythonJSONError.Code, Int)] = [
    ("", .unexpectedEnd, 0),
    ("[1, ", .unexpectedEnd, 4),
    ("[1, ]", .syntax, 4),
    (#"{"secret": 1,}"#, .syntax, 13),
    (#"{"secret" 1}"#, .syntax, 10),
    ("{1: 2}", .syntax, 1),
    ("[1 2]", .syntax, 3),
    ("01", .trailingData, 1),
    ("1.", .trailingData, 1),
    ("1e", .trailingData, 1),
    (".5", .syntax, 0),
    ("+1", .syntax, 0),
    ("-", .unexpectedEnd, 1),
    ("nul", .syntax, 0),
    ("nan", .syntax, 0),
    ("'secret'", .syntax, 0),
    ("\"secret", .unexpectedEnd, 7),
    ("\"secret\\", .unexpectedEnd, 8),
    ("\"tab\t\"", .syntax, 4),
    (#""\x41""#, .syntax, 2),
    (#""\u12g4""#, .syntax, 5),
    ("5 secret", .trailingData, 2),
    ("\u{FEFF}5", .syntax, 0),
    (#"[{"__type__": "secret", "__value__": 1}]"#, .unsupportedType, 1),
    (#"{"__type__": 1, "__value__": 1}"#, .unsupportedType, 0),
    (#"{"__type__": "datetime", "__value__": "secret"}"#, .malformedType, 0),
    (#"{"__type__": "datetime", "__value__": 5}"#, .malformedType, 0),
    (#"{"__type__": "date", "__value__": "2024-02-30"}"#, .malformedType, 0),
    (#"{"__type__": "time", "__value__": "25:00"}"#, .malformedType, 0),
    (#"{"__type__": "decimal", "__value__": "secret"}"#, .malformedType, 0),
    (#"{"__type__": "uuid", "__value__": {"hex": "1 345678123456781234567812345678"}}"#, .malformedType, 0),
    (#"{"__type__": "base64", "__value__": "a"}"#, .malformedType, 0),
    (#"{"__type__": "bytes", "__value__": "\ud800"}"#, .malformedType, 0),
  ]

  @Test(arguments: refused)
  func `what is no JSON is refused with its place and without its content`(
    text: String,
    code: PythonJSONError.Code,
    offset: Int
  ) throws {
    let error = #expect(throws: PythonJSONError.self) { try PythonJSON.decode(text) }
    #expect(error?.code == code)
    #expect(error?.byteOffset == offset)
    #expect(error?.description.contains("secret") == false)
    #expect(error?.description.contains("byte \(offset)") == true)
  }

  @Test
  func `bytes that are not UTF-8 are refused`() {
    for bytes in [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0x5C, 0x6E, 0xFF, 0x22],
    ] as [[UInt8]] {
      let error = #expect(throws: PythonJSONError.self) { try PythonJSON.decode(bytes) }
      #expect(error?.code == .invalidUTF8)
    }
  }

  @Test
  func `nesting is limited in reading and writing`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    let deepest = try PythonJSON.decode(nested(1000))
    #expect(try PythonJSON.encode(deepest) == nested(1000))
    for text in [
      nested(1001), String(repeating: "[", count: 1_000_000), String(repeating: "{\"a\":", count: 1001),
    ] {
      let error = #expect(throws: PythonJSONError.self) { try PythonJSON.decode(text) }
      #expect(error?.code == .nestingTooDeep)
    }
    let error = #expect(throws: PythonJSONError.self) { try PythonJSON.encode([deepest]) }
    #expect(error?.code == .nestingTooDeep)
    #expect(try PythonJSON.decode("[[1], [2], {\"a\": [3]}]", nestingLimit: 3) == [[1], [2], ["a": [3]]])
  }
}
