import CeleryResults
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension BackendConformance {
  static let valueChecks: [Check] =
    plainValues.map { name, value in
      Check("\(name) survives being stored") { makeBackend in try await roundTrip(value, makeBackend) }
    } + [
      Check("kombu's types survive being stored") { makeBackend in
        for text in kombuTexts {
          try await roundTrip(PythonJSON.decode(text), makeBackend)
        }
      },
      Check("Swift's dates, decimals, UUIDs and data are read as what was stored") { makeBackend in
        let backend = try await makeBackend(ResultBackendConfiguration())
        let id = TaskID.random()
        let order = Order(
          placed: Date(timeIntervalSince1970: 1_704_164_645.6789),
          price: Decimal(110) / 100,
          number: UUID(),
          label: Data([0xFF, 0xFE]),
          note: nil
        )
        try await backend.markAsDone(id, result: order)
        #expect(try await AsyncResult(id, as: Order.self, backend: backend).get() == order)
      },
      Check("a result of several megabytes survives being stored") { makeBackend in
        let text = String(repeating: "emoji 🐍 and \"quotes\" ", count: 100_000)
        try await roundTrip(
          ["text": .string(text), "list": .array(Array(repeating: 7, count: 50_000))],
          makeBackend
        )
      },
    ]

  private static let plainValues: [(String, PythonValue)] = [
    ("None", .null),
    ("a boolean", true),
    ("an integer", 5),
    (
      "an integer of 100 digits",
      PythonValue(integerDigits: String(repeating: "1234567890", count: 10)) ?? .null
    ),
    ("the smallest 64-bit integer", .integer(.min)),
    ("an integer just beyond 64 bits", PythonValue(UInt64.max)),
    ("a float", 1e-05),
    ("NaN and the infinities", [.double(.nan), .double(.infinity), .double(-.infinity), .double(-0.0)]),
    ("empty text", ""),
    ("text with quotes and backslashes", "plain \"q\" \\ '"),
    ("emoji, CJK and accents", "🐍 漢字 é e\u{301}"),
    ("NUL and control characters", "a\u{0}b\u{1F}\u{7F}\r\n\t"),
    ("a lone surrogate", .string(PythonString(utf16: [0x61, 0xD800, 0x62, 0xDC00]))),
    ("a dictionary whose keys are alike", ["é": 1, "e\u{301}": 2, "E": 3, "e": 4]),
    ("nested lists and dictionaries", [[], [:], ["a": [1, ["b": nil]]]]),
    ("a dictionary with __type__ and more", ["__type__": "x", "__value__": 1, "more": 2]),
  ]

  private static let kombuTexts = [
    #"{"__type__": "datetime", "__value__": "2024-01-02T03:04:05.678900+00:00"}"#,
    #"{"__type__": "datetime", "__value__": "2024-01-02T03:04:05-05:30"}"#,
    #"{"__type__": "datetime", "__value__": "0001-01-01T00:00:00"}"#,
    #"{"__type__": "date", "__value__": "2024-01-02"}"#,
    #"{"__type__": "time", "__value__": "03:04:05"}"#,
    #"{"__type__": "decimal", "__value__": "1.10"}"#,
    #"{"__type__": "decimal", "__value__": "NaN"}"#,
    #"{"__type__": "uuid", "__value__": {"hex": "12345678123456781234567812345678"}}"#,
    #"{"__type__": "bytes", "__value__": "abc"}"#,
    #"{"__type__": "base64", "__value__": "//4="}"#,
  ]

  private static func roundTrip(_ value: PythonValue, _ makeBackend: MakeBackend) async throws {
    let backend = try await makeBackend(ResultBackendConfiguration())
    let id = TaskID.random()
    try await backend.markAsDone(id, result: value)
    let result = try await backend.taskMeta(for: id).result
    #expect(result == value)
  }

  private struct Order: Codable, Equatable {
    var placed: Date
    var price: Decimal
    var number: UUID
    var label: Data
    var note: String?
  }
}
