import CeleryResults
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct PythonRepresentationTests {
  /// Values with their `repr` on Python 3.11.
  private static let values: [(PythonValue, String)] = [
    (["y": 3], "{'y': 3}"),
    ([:], "{}"),
    ("it's", "\"it's\""),
    ("both ' and \"", #"'both \' and "'"#),
    ("tab\t\u{0}\u{7F}é\u{A0}\u{200B}漢🐍\\", #"'tab\t\x00\x7fé\xa0\u200b漢🐍\\'"#),
    (.string(PythonString(utf16: [0x61, 0xD800])), #"'a\ud800'"#),
    ("\u{E0001}", #"'\U000e0001'"#),
    (
      ["\u{2028}", nil, true, false, .double(.nan), .double(.infinity), 1e16],
      #"['\u2028', None, True, False, nan, inf, 1e+16]"#
    ),
    (.bytes(Array("it's \u{0}".utf8) + [0xFF]), #"b"it's \x00\xff""#),
  ]

  /// kombu's JSON of values with their `repr` on Python 3.11.
  private static let kombuValues: [(String, String)] = [
    (
      #"{"__type__": "datetime", "__value__": "2024-01-02T03:04:05.678900+00:00"}"#,
      "datetime.datetime(2024, 1, 2, 3, 4, 5, 678900, tzinfo=datetime.timezone.utc)"
    ),
    (#"{"__type__": "datetime", "__value__": "2024-01-02T03:04:00"}"#, "datetime.datetime(2024, 1, 2, 3, 4)"),
    (
      #"{"__type__": "time", "__value__": "03:04:00.000006-05:00"}"#,
      "datetime.time(3, 4, 0, 6, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=68400)))"
    ),
    (#"{"__type__": "date", "__value__": "2024-01-02"}"#, "datetime.date(2024, 1, 2)"),
    (#"{"__type__": "decimal", "__value__": "1.10"}"#, "Decimal('1.10')"),
    (
      #"{"__type__": "uuid", "__value__": {"hex": "00000000000000000000000000000001"}}"#,
      "UUID('00000000-0000-0000-0000-000000000001')"
    ),
    ("10000000000000000000000", "10000000000000000000000"),
  ]

  @Test(arguments: values)
  func `values are represented as Python's repr does`(value: PythonValue, text: String) {
    #expect(PythonRepresentation.text(value) == text)
  }

  @Test(arguments: kombuValues)
  func `kombu's types are represented as Python's repr does`(json: String, text: String) throws {
    #expect(try PythonRepresentation.text(PythonJSON.decode(json)) == text)
  }

  @Test
  func `arguments are represented as a tuple`() {
    #expect(PythonRepresentation.tuple([]) == "()")
    #expect(PythonRepresentation.tuple([2]) == "(2,)")
    #expect(PythonRepresentation.tuple([1, 2.0]) == "(1, 2.0)")
  }
}
