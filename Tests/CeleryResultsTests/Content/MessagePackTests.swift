import CeleryResults
import Testing

@Suite
struct MessagePackTests {
  /// What `msgpack.packb(value, use_bin_type=True)` writes, and the value.
  static let examples: [(packed: String, value: PythonValue)] = [
    ("c0", nil), ("c3", true), ("c2", false), ("00", 0), ("7f", 127), ("cc80", 128), ("ccff", 255),
    ("cd0100", 256), ("ce00010000", 65536), ("cf0000000100000000", 4_294_967_296), ("ff", -1), ("e0", -32),
    ("d0df", -33), ("d1ff7f", -129), ("d2ffff7fff", -32769), ("d3ffffffff7fffffff", -2_147_483_649),
    ("cb3ff8000000000000", 1.5), ("cbfff0000000000000", .double(-.infinity)),
    ("cfffffffffffffffff", PythonValue(UInt64.max)), ("a0", ""), ("a4f09f8e89", "🎉"),
    ("c403616263", .bytes([97, 98, 99])),
    ("90", []), ("93010293c0c3a161", [1, 2, [nil, true, "a"]]), ("81a16101", ["a": 1]),
    ("81c4016101", .dictionary(PythonDictionary([(.bytes([97]), 1)]))),
  ]

  @Test(arguments: examples.map(\.packed))
  func `what Python packed is read, and written the same`(packed: String) throws {
    let value = try #require(Self.examples.first { $0.packed == packed }?.value)
    let bytes = PickleCorpus.bytes(hexadecimal: packed)
    #expect(try MessagePack.decode(bytes) == value)
    #expect(try MessagePack.encode(value) == bytes)
  }

  @Test(arguments: [15, 16, 31, 32, 255, 256, 65_535, 65_536, 70_000])
  func `lengths on both sides of each form's limit`(count: Int) throws {
    let values: [PythonValue] = [
      .array(Array(repeating: 1, count: count)), .string(String(repeating: "x", count: count)),
      .bytes(Array(repeating: 7, count: count)),
      .object(PythonObject((0..<count).map { (PythonString("\($0)"), nil) })),
    ]
    for value in values { #expect(try MessagePack.decode(MessagePack.encode(value)) == value) }
  }

  @Test
  func `a tuple becomes a list, a timestamp a datetime, another extension an opaque value`() throws {
    #expect(try MessagePack.decode(MessagePack.encode(.tuple([1]))) == [1])
    let timestamp = try MessagePack.decode(PickleCorpus.bytes(hexadecimal: "d6ff6553f100"))
    #expect(PythonRepresentation.text(timestamp).hasPrefix("datetime.datetime(2023, 11, 14, 22, 13, 20"))
    guard case .opaque(let object) = try MessagePack.decode([0xD4, 5, 1]) else {
      Issue.record("expected an opaque value")
      return
    }
    #expect(object.arguments == [5, .bytes([1])])
  }

  static let unwritable: [PythonValue] = [
    .tuple([.set(PythonSet([1] as [PythonValue]))]),
    .string(PythonString(utf16: [0xD800])),
    PythonValue(integerDigits: String(repeating: "9", count: 100)) ?? nil,
    .dictionary(PythonDictionary([(PythonValue.integer(1), PythonValue.integer(2))])),
    .exception(RemoteException(type: "ValueError")),
    .opaque(PythonOpaque(module: "shop", name: "Order")),
  ]

  @Test(arguments: unwritable)
  func `what msgpack cannot write is refused by name`(value: PythonValue) {
    let error = #expect(throws: ContentError.self) { try MessagePack.encode(value) }
    #expect(error?.code == .unsupportedValue)
  }

  @Test(arguments: [
    "", "c1", "a3", "ddffffffff", "dfffffffff", "dbffffffff", "c6ffffffff00", "8190c0", "0000", "a1ff",
  ])
  func `what is no MessagePack is an error`(packed: String) {
    #expect(throws: ContentError.self) { try MessagePack.decode(PickleCorpus.bytes(hexadecimal: packed)) }
  }

  @Test
  func `deep nesting is an error`() {
    let bytes = Array(repeating: UInt8(0x91), count: 1_000_000) + [0xC0]
    let error = #expect(throws: ContentError.self) { try MessagePack.decode(bytes) }
    #expect(error?.code == .nestingTooDeep)
  }
}
