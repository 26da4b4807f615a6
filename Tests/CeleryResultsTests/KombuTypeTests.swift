import CeleryResults
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct KombuTypeTests {
  /// Texts as `kombu.utils.json.dumps` of kombu 5.7.0 wrote them.
  private static let written: [String] = [
    #"{"__type__": "datetime", "__value__": "2024-01-02T03:04:05.678900+00:00"}"#,
    #"{"__type__": "datetime", "__value__": "2024-01-02T03:04:05"}"#,
    #"{"__type__": "datetime", "__value__": "2024-01-02T03:04:05-05:30"}"#,
    #"{"__type__": "datetime", "__value__": "0001-01-01T00:00:00+00:00:01.000005"}"#,
    #"{"__type__": "date", "__value__": "2024-01-02"}"#,
    #"{"__type__": "time", "__value__": "03:04:05"}"#,
    #"{"__type__": "time", "__value__": "03:04:05.000006"}"#,
    #"{"__type__": "decimal", "__value__": "1.10"}"#,
    #"{"__type__": "decimal", "__value__": "1E+30"}"#,
    #"{"__type__": "decimal", "__value__": "NaN"}"#,
    #"{"__type__": "decimal", "__value__": "-Infinity"}"#,
    #"{"__type__": "uuid", "__value__": {"hex": "12345678123456781234567812345678"}}"#,
    #"{"__type__": "bytes", "__value__": "abc"}"#,
    #"{"__type__": "bytes", "__value__": "\u00e9"}"#,
    #"{"__type__": "bytes", "__value__": ""}"#,
    #"{"__type__": "base64", "__value__": "//4="}"#,
    #"{"__type__": "x", "__value__": 1, "more": 2}"#,
    #"{"__type__": "x"}"#,
  ]

  @Test(arguments: written)
  func `kombu's types are read, and written again as they were`(text: String) throws {
    let value = try PythonJSON.decode(text)
    #expect(try PythonJSON.encode(value) == text)
  }

  @Test
  func `kombu's types are values of their own`() throws {
    let values = try Self.written.map { try PythonJSON.decode($0) }
    let types =
      ["datetime", "datetime", "datetime", "datetime", "date", "time", "time"]
      + [
        "Decimal", "Decimal", "Decimal", "Decimal", "UUID", "bytes", "bytes", "bytes", "bytes", "dict",
        "dict",
      ]
    #expect(values.map(\.typeName) == types)
    #expect(values[12] == .bytes([0x61, 0x62, 0x63]))
    #expect(values[13] == .bytes([0xC3, 0xA9]))
    #expect(values[15] == .bytes([0xFF, 0xFE]))
  }

  @Test
  func `a datetime is a moment, to the microsecond`() throws {
    guard case .datetime(let value) = try PythonJSON.decode(Self.written[0]),
      case .datetime(let naive) = try PythonJSON.decode(Self.written[1]),
      case .datetime(let west) = try PythonJSON.decode(Self.written[2])
    else { throw Unexpected() }
    #expect(value.microsecondsSince1970 == 1_704_164_645_678_900)
    #expect(PythonDateTime(value.moment) == value)
    #expect(value.time.utcOffset == .zero)
    #expect(naive.time.utcOffset == nil)
    #expect(naive.microsecondsSince1970 == 1_704_164_645_000_000)
    #expect(west.time.utcOffset == .seconds(-19_800))
    #expect(west.microsecondsSince1970 == 1_704_184_445_000_000)
  }

  @Test
  func `every day of the calendar is counted as Python counts it`() {
    // date.toordinal() of Python, less that of 1 January 1970.
    for (text, days) in [
      ("0001-01-01", -719_162), ("1900-02-28", -25_509), ("2000-02-29", 11_016), ("9999-12-31", 2_932_896),
    ] {
      let moment = PythonDateTime(microsecondsSince1970: Int64(days) * 86_400_000_000)
      #expect(moment?.date.isoFormat == text)
      #expect(moment?.microsecondsSince1970 == Int64(days) * 86_400_000_000)
    }
    #expect(PythonDateTime(microsecondsSince1970: 2_932_897 * 86_400_000_000) == nil)
    #expect(PythonDateTime(microsecondsSince1970: -719_162 * 86_400_000_000 - 1) == nil)
    #expect(PythonDateTime(microsecondsSince1970: -1)?.isoFormat == "1969-12-31T23:59:59.999999+00:00")
    #expect(PythonDate(year: 1900, month: 2, day: 29) == nil)
    #expect(PythonTime(hour: 1, minute: 1, utcOffset: .seconds(86_400)) == nil)
  }

  private struct Unexpected: Error {}
}
