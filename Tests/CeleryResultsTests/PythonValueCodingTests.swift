import CeleryResults
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct PythonValueCodingTests {
  private struct Invoice: Codable, Equatable {
    var number: Int
    var total: Decimal
    var placed: Date
    var id: UUID
    var logo: Data
    var page: URL
    var lines: [Line]
    var note: String?
    var extra: PythonValue

    struct Line: Codable, Equatable {
      var name: String
      var weight: Double
      var kind: Kind
    }

    enum Kind: String, Codable {
      case parcel
      case letter
    }
  }

  @Test
  func `a Swift structure becomes a dictionary and comes back`() throws {
    let id = try #require(UUID(uuidString: "12345678-1234-5678-1234-567812345678"))
    let invoice = Invoice(
      number: 7,
      total: try #require(Decimal(string: "19.99")),
      placed: Date(timeIntervalSince1970: 1_704_164_645.6789),
      id: id,
      logo: Data([0xFF, 0xFE]),
      page: try #require(URL(string: "https://example.org/a?b=c")),
      lines: [Invoice.Line(name: "🐍", weight: 1.5, kind: .parcel)],
      note: nil,
      extra: ["x": .double(.nan)]
    )
    let value = try PythonValueEncoder().encode(invoice)
    // Read by kombu 5.7.0, this gives a Decimal, a datetime, a UUID and bytes.
    let expected =
      #"{"number": 7, "total": {"__type__": "decimal", "__value__": "19.99"}, "#
      + #""placed": {"__type__": "datetime", "__value__": "2024-01-02T03:04:05.678900+00:00"}, "#
      + #""id": {"__type__": "uuid", "__value__": {"hex": "12345678123456781234567812345678"}}, "#
      + #""logo": {"__type__": "base64", "__value__": "//4="}, "page": "https://example.org/a?b=c", "#
      + #""lines": [{"name": "\ud83d\udc0d", "weight": 1.5, "kind": "parcel"}], "extra": {"x": NaN}}"#
    #expect(try PythonJSON.encode(value) == expected)
    let decoded = try PythonValueDecoder().decode(Invoice.self, from: PythonJSON.decode(expected))
    #expect(decoded == invoice)
  }

  @Test
  func `values at the top are taken as they are`() throws {
    func encode(_ value: some Encodable) throws -> PythonValue { try PythonValueEncoder().encode(value) }
    #expect(try encode(5) == 5)
    #expect(try encode("x") == "x")
    #expect(try encode(Int?.none) == .null)
    #expect(try encode([Int?.some(1), nil]) == [1, nil])
    #expect(try encode(UInt64.max) == PythonValue(UInt64.max))
    #expect(try encode(1.5 as Float) == 1.5)
    #expect(try encode([1: "a"]) == ["1": "a"])
    #expect(try encode(PythonValue.bytes([1])) == .bytes([1]))
    #expect(try encode([PythonValue.null, 1]) == [nil, 1])
    #expect(try encode(["a": Date(timeIntervalSince1970: 0)])["a"]?.typeName == "datetime")
    #expect(try encode([String: Int]()) == [:])
    #expect(try encode([Int]()) == [])
    #expect(throws: EncodingError.self) { try encode(Date.distantFuture.addingTimeInterval(1e15)) }
  }

  @Test
  func `None is nil for an optional type and an error for another`() throws {
    #expect(try PythonValueDecoder().decode(Int?.self, from: nil) == nil)
    #expect(try PythonValueDecoder().decode(Int?.self, from: 5) == 5)
    #expect(try PythonValueDecoder().decode([Int?].self, from: [1, nil]) == [1, nil])
    #expect(throws: DecodingError.self) { try PythonValueDecoder().decode(Int.self, from: nil) }
  }

  @Test
  func `numbers are read by types that hold them`() throws {
    let decoder = PythonValueDecoder()
    #expect(try decoder.decode(Double.self, from: 3) == 3)
    #expect(try decoder.decode(Int.self, from: 3.0) == 3)
    #expect(try decoder.decode(UInt64.self, from: PythonValue(UInt64.max)) == .max)
    let digits = "170141183460469231731687303715884105727"
    #expect(try decoder.decode(Int128.self, from: PythonValue(integerDigits: digits) ?? nil) == .max)
    #expect(try decoder.decode(Decimal.self, from: PythonValue(UInt64.max)) == Decimal(UInt64.max))
    #expect(throws: DecodingError.self) { try decoder.decode(Int8.self, from: 300) }
    #expect(throws: DecodingError.self) { try decoder.decode(UInt.self, from: -1) }
    #expect(throws: DecodingError.self) { try decoder.decode(Int.self, from: 3.5) }
    #expect(throws: DecodingError.self) { try decoder.decode(Int64.self, from: PythonValue(UInt64.max)) }
    #expect(throws: DecodingError.self) { try decoder.decode(Bool.self, from: 1) }
    let long = PythonDecimal("1.2345678901234567890123456789012345678901").map(PythonValue.decimal) ?? nil
    #expect(throws: DecodingError.self) { try decoder.decode(Decimal.self, from: long) }
  }

  @Test
  func `dates and UUIDs are also read from text`() throws {
    let decoder = PythonValueDecoder()
    #expect(try decoder.decode(Date.self, from: "1970-01-01T00:00:01Z") == Date(timeIntervalSince1970: 1))
    let id = UUID()
    #expect(try decoder.decode(UUID.self, from: .string(id.uuidString)) == id)
    #expect(throws: DecodingError.self) { try decoder.decode(Date.self, from: "today") }
  }

  @Test
  func `errors name types and places, and no values`() {
    let value: PythonValue = ["list": [1, "secret"]]
    let error = #expect(throws: DecodingError.self) {
      try PythonValueDecoder().decode([String: [Int]].self, from: value)
    }
    guard case .typeMismatch(_, let context) = error else { return #expect(Bool(false), "another error") }
    #expect(context.debugDescription == "Expected a int but found a str.")
    #expect(context.codingPath.map(\.stringValue) == ["list", "Index 1"])
    let surrogate = PythonValue.string(PythonString(utf16: [0xD800]))
    #expect(throws: DecodingError.self) { try PythonValueDecoder().decode(String.self, from: surrogate) }
  }

  @Test
  func `a PythonValue is coded by Foundation's coders as well`() throws {
    let value: PythonValue = ["a": [1, 2.5, "x", nil, true]]
    let data = try JSONEncoder().encode(value)
    #expect(try JSONDecoder().decode(PythonValue.self, from: data) == value)
  }
}
