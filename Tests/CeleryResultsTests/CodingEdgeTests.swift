import Testing

@testable import CeleryResults

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the short ways through the codec must not change.
struct CodingEdgeTests {
  /// Writes with nested containers, in turns, and over members that are there.
  private struct Nested: Encodable {
    enum Key: String, CodingKey { case list, object, value }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      var list = container.nestedUnkeyedContainer(forKey: .list)
      try container.encode("old", forKey: .value)
      var object = container.nestedContainer(keyedBy: Key.self, forKey: .object)
      try list.encode(1)
      try object.encode(true, forKey: .value)
      var inner = list.nestedUnkeyedContainer()
      try list.encode("two")
      try inner.encode(2.5)
      try container.encode(7, forKey: .value)
      try 8.encode(to: container.superEncoder())
    }
  }

  @Test
  func `nested containers may be filled in turns`() throws {
    let value = try PythonValueEncoder().encode(Nested())
    let expected = #"{"list": [1, [2.5], "two"], "value": 7, "object": {"value": true}, "super": 8}"#
    #expect(try PythonJSON.encode(value) == expected)
  }

  @Test
  func `a value takes the place of a nested container at the same key`() throws {
    let encoding = PythonEncoding(place: .top)
    var container = encoding.container(keyedBy: Nested.Key.self)
    var list = container.nestedUnkeyedContainer(forKey: .list)
    try container.encode(1, forKey: .list)
    try list.encode(2)
    #expect(encoding.finish() == ["list": 1])
  }

  private struct Far: Encodable {
    var dates: [[String: Date]] = [[:], ["far": Date.distantFuture.addingTimeInterval(1e15)]]
  }

  @Test
  func `an error in encoding names the place`() {
    let error = #expect(throws: EncodingError.self) { try PythonValueEncoder().encode(Far()) }
    guard case .invalidValue(_, let context) = error else { return #expect(Bool(false), "another error") }
    #expect(context.codingPath.map(\.stringValue) == ["dates", "Index 1", "far"])
  }

  private struct Numbers: Codable, Equatable {
    var int8 = Int8.min
    var uint64 = UInt64.max
    var float: Float = 1.5
    var large = Int128.max
    var larger = [UInt128.max]
  }

  @Test
  func `numbers of every size are members`() throws {
    let value = try PythonValueEncoder().encode(Numbers())
    #expect(value["large"] == PythonValue(Int128.max))
    #expect(try PythonValueDecoder().decode(Numbers.self, from: value) == Numbers())
    let error = #expect(throws: DecodingError.self) {
      try PythonValueDecoder().decode(Numbers.self, from: ["int8": 300])
    }
    guard case .dataCorrupted(let context) = error else { return #expect(Bool(false), "another error") }
    #expect(context.codingPath.map(\.stringValue) == ["int8"])
  }

  @Test
  func `the date of a store is that of its datetime`() {
    var random = SystemRandomNumberGenerator()
    let end = 253_402_300_800.0
    let edges = [
      0, -0.000_000_4, -0.000_000_5, -62_135_596_800, -62_135_596_800.5, end, end - 0.000_1, .infinity, .nan,
    ]
    let seconds =
      edges + (0..<20_000).map { _ in Double.random(in: -70_000_000_000...300_000_000_000, using: &random) }
    for date in seconds.map(Date.init(timeIntervalSince1970:)) {
      #expect(date.roundedToMicroseconds == PythonDateTime(date)?.moment)
    }
  }

  @Test
  func `the meta of a store without request is what JSON has for it, and is read back`() throws {
    #expect(try PythonJSON.encode(["children": .null]) == ResultSerializer.unknownChildrenInJSON)
    for serializer in ResultSerializer.all {
      let configuration = ResultBackendConfiguration(resultSerializer: serializer)
      let encoded = try #require(try configuration.encode(1, for: "x", state: .success))
      let read = TaskResult(encoded, acceptContent: [serializer.contentType])
      #expect(try read.storedChildren == .null)
      #expect(try read.children == nil)
    }
  }

  @Test(arguments: 0..<20)
  func `every character is found, wherever it stands`(length: Int) throws {
    for code in Array(0..<0x100) + [0x7FF, 0x800, 0xFFFF, 0x1F40D] {
      guard let scalar = Unicode.Scalar(UInt32(code)) else { continue }
      let text = String(repeating: "x", count: length) + String(scalar) + "yyyyyyyyy"
      let written = try PythonJSON.encode(.string(text))
      let isPlain = scalar.isASCII && code >= 0x20 && code < 0x7F && scalar != "\"" && scalar != "\\"
      #expect(written == "\"\(text)\"" || !isPlain)
      #expect(written.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
      #expect(try PythonJSON.decode(written) == .string(text))
      let quoted = "\"\(text)\""
      let isAllowed = code >= 0x20 && scalar != "\"" && scalar != "\\"
      #expect((try? PythonJSON.decode(quoted)) == (isAllowed ? .string(text) : nil))
    }
  }

  @Test
  func `integers are written and read up to the last digit`() throws {
    let values = [0, 7, -7, 10, 999_999_999_999_999_999, -999_999_999_999_999_999, Int64.max, .min]
    for value in values {
      #expect(try PythonJSON.encode(.integer(value)) == String(value))
      #expect(try PythonJSON.decode(String(value)) == .integer(value))
    }
    #expect(try PythonJSON.decode("-0") == 0)
    #expect(try PythonJSON.decode("9223372036854775808") == PythonValue(UInt64(Int64.max) + 1))
  }

  @Test(arguments: [1, 7, 8, 9, 20])
  func `a dict keeps its order, few members or many`(count: Int) {
    var members: [(PythonString, PythonValue)] = (0..<count).map {
      (PythonString("key\($0)"), PythonValue($0))
    }
    var object = PythonObject(members)
    object["key0"] = "new"
    members[0].1 = "new"
    #expect(object.map(\.key) == members.map(\.0))
    #expect(object.map(\.value) == members.map(\.1))
    object["another"] = nil
    object["key0"] = nil
    #expect(object.keys == members.dropFirst().map(\.0))
    object["key0"] = 0
    #expect(object.keys.last == "key0")
    #expect(object.allSatisfy { object[$0.key] == $0.value })
    #expect(object["key"] == nil)
  }

  @Test
  func `a member that has begun goes on, as a class and its superclass share one`() throws {
    #expect(try PythonValueEncoder().encode(SharedMember()) == ["shared": ["a": 1, "b": 2]])
  }

  @Test
  func `wide integers are read from a list one by one`() throws {
    let read = try PythonValueDecoder().decode(WideIntegers.self, from: [1, PythonValue(UInt128.max)])
    #expect(read.signed == 1 && read.unsigned == .max)
  }
}

/// Writes into one member twice.
private struct SharedMember: Encodable {
  enum Key: CodingKey { case shared, a, b }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    var first = container.nestedContainer(keyedBy: Key.self, forKey: .shared)
    try first.encode(1, forKey: .a)
    var second = container.nestedContainer(keyedBy: Key.self, forKey: .shared)
    try second.encode(2, forKey: .b)
  }
}

private struct WideIntegers: Decodable {
  let signed: Int128
  let unsigned: UInt128

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    signed = try container.decode(Int128.self)
    unsigned = try container.decode(UInt128.self)
  }
}
