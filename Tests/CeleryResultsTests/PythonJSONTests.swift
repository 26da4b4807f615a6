import CeleryResults
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A value and its text as `kombu.utils.json.dumps` of kombu 5.7.0 wrote it on Python 3.11.
struct JSONCase: Sendable, CustomTestStringConvertible {
  let value: PythonValue
  let text: String
  var testDescription: String { text }

  init(_ value: PythonValue, _ text: String) {
    self.value = value
    self.text = text
  }
}

struct PythonJSONTests {
  private static let plain = [
    JSONCase(5, "5"),
    JSONCase(nil, "null"),
    JSONCase(true, "true"),
    JSONCase(false, "false"),
    JSONCase("plain \"q\"", #""plain \"q\"""#),
    JSONCase([], "[]"),
    JSONCase([:], "{}"),
    JSONCase([[], [:]], "[[], {}]"),
    JSONCase(["b": 1, "a": [1, "x"]], #"{"b": 1, "a": [1, "x"]}"#),
    JSONCase("é漢🐍", #""\u00e9\u6f22\ud83d\udc0d""#),
    JSONCase("\u{0}\u{1F}\u{7F}\u{8}\u{C}\n\r\t\\/", #""\u0000\u001f\u007f\b\f\n\r\t\\/""#),
    JSONCase(.string(PythonString(utf16: [0xD800, 0x61, 0xDC00])), #""\ud800a\udc00""#),
    JSONCase(.integer(.min), "-9223372036854775808"),
    JSONCase(PythonValue(UInt64(1) << 63), "9223372036854775808"),
    JSONCase(PythonValue(integerDigits: "10000000000000000000000000") ?? nil, "10000000000000000000000000"),
    JSONCase(["é": 1, "e\u{301}": 2], #"{"\u00e9": 1, "e\u0301": 2}"#),
  ]

  private static let floats = [
    JSONCase(0.1, "0.1"),
    JSONCase(.double(-0.0), "-0.0"),
    JSONCase(1e15, "1000000000000000.0"),
    JSONCase(.double(-9_171_726_390_790_048), "-9171726390790048.0"),
    JSONCase(.double(9_999_999_999_999_998), "9999999999999998.0"),
    JSONCase(1e16, "1e+16"),
    JSONCase(-1.5e-07, "-1.5e-07"),
    JSONCase(1e100, "1e+100"),
    JSONCase(0.0001, "0.0001"),
    JSONCase(1e-05, "1e-05"),
    JSONCase(123_456_789_012_345_680.0, "1.2345678901234568e+17"),
    JSONCase(.double(.leastNonzeroMagnitude), "5e-324"),
    JSONCase(1.7976931348623157e308, "1.7976931348623157e+308"),
    JSONCase(.double(.nan), "NaN"),
    JSONCase(.double(.infinity), "Infinity"),
    JSONCase(.double(-.infinity), "-Infinity"),
  ]

  @Test(arguments: plain + floats)
  func `JSON is written byte for byte as Python writes it, and read back`(example: JSONCase) throws {
    #expect(try PythonJSON.encode(example.value) == example.text)
    #expect(try PythonJSON.decode(example.text) == example.value)
    #expect(try PythonJSON.decode(Array(example.text.utf8)) == example.value)
    // What is read is written as it was.
    #expect(try PythonJSON.encode(PythonJSON.decode(example.text)) == example.text)
  }

  @Test(arguments: plain + floats)
  func `the readable form holds the same value`(example: JSONCase) throws {
    #expect(try PythonJSON.decode(PythonJSON.encodeReadably(example.value)) == example.value)
  }

  @Test
  func `the readable form is indented, and escapes only what cannot be shown`() throws {
    let value: PythonValue = [
      "名前": "🐍 é 👩‍👩‍👧",
      "odd": .string(PythonString(utf16: [0xD83D, 0xDC0D, 0xD800])),
      "control": "\u{1B}[31m\u{9B}\u{202E}\n\"",
      "none": [[], [:]],
    ]
    let expected = #"""
      {
        "名前": "🐍 é 👩‍👩‍👧",
        "odd": "🐍\ud800",
        "control": "\u001b[31m\u009b\u202e\n\"",
        "none": [
          [],
          {}
        ]
      }
      """#
    #expect(try PythonJSON.encodeReadably(value) == expected)
  }

  @Test
  func `a key that occurs twice keeps its first place and its last value`() throws {
    let value = try PythonJSON.decode(#"{"a": 1, "b": 2, "a": 3}"#)
    #expect(try PythonJSON.encode(value) == #"{"a": 3, "b": 2}"#)
  }

  @Test
  func `white space, all escapes and every spelling of a number are read`() throws {
    #expect(try PythonJSON.decode(" \n\r\t[ 1 , 2 ] ") == [1, 2])
    #expect(try PythonJSON.decode(#""\"\\\/\b\f\n\r\t\u00E9\uD83D\uDC0D""#) == "\"\\/\u{8}\u{C}\n\r\té🐍")
    #expect(
      try PythonJSON.decode("[-0, 1E2, 1.5e-3, 1e400, -1e400]") == [
        0, 100.0, 0.0015, .double(.infinity), .double(-.infinity),
      ]
    )
    #expect(try PythonJSON.decode(#""é漢🐍""#) == "é漢🐍")
  }

  @Test
  func `a text of many escapes and a lone surrogate near its end is read in one pass`() throws {
    let units = Array(repeating: UInt16(0xE9), count: 300_000) + [0xD800]
    let value = PythonValue.string(PythonString(utf16: units + Array(repeating: 0xDC00, count: 1000)))
    #expect(try PythonJSON.decode(PythonJSON.encode(value)) == value)
  }
}
