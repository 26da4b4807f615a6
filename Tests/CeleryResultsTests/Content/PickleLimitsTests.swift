import Testing

@testable import CeleryResults

/// What a pickle can make the reader keep is bounded by the limits, however long the pickle is.
struct PickleLimitsTests {
  private static let limits = ContentLimits(values: 1_000)

  struct Flood: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let start: [UInt8]
    let repeated: [UInt8]
  }

  private static let floods = [
    Flood(testDescription: "N", start: [], repeated: ascii("N")),
    Flood(testDescription: "N and APPEND", start: ascii("]"), repeated: ascii("Na")),
    Flood(testDescription: "EMPTY_LIST", start: [], repeated: ascii("]")),
    Flood(testDescription: "EMPTY_LIST and POP", start: [], repeated: ascii("]0")),
    Flood(testDescription: "MARK", start: [], repeated: ascii("(")),
    Flood(testDescription: "DUP", start: ascii("N"), repeated: ascii("2")),
    Flood(testDescription: "DUP and TUPLE2", start: ascii("N"), repeated: ascii("2") + [0x86]),
    Flood(testDescription: "MEMOIZE", start: ascii("N"), repeated: [0x94]),
    Flood(testDescription: "BINGET", start: ascii("Nq") + [0], repeated: ascii("h") + [0]),
    Flood(testDescription: "BINGET and APPEND", start: ascii("]q") + [0], repeated: ascii("h") + [0, 0x61]),
    Flood(testDescription: "BUILD", start: ascii("]"), repeated: ascii("Nb](l")),
  ]

  @Test(arguments: floods)
  func `What repeats for ever is refused as soon as the limit is passed`(flood: Flood) {
    var bytes = flood.start
    for _ in 0..<100_000 { bytes += flood.repeated }
    let error = #expect(throws: ContentError.self) { try Pickle.decode(bytes, limits: Self.limits) }
    #expect(error?.code == .tooLarge)
    #expect((error?.byteOffset ?? .max) <= flood.start.count + flood.repeated.count * 1_001)
  }

  @Test func `Memorising under any number is bounded`() {
    var bytes = Self.ascii("N")
    for number in 0..<100_000 { bytes += Self.ascii("p\(number * 7)\n") }
    let error = #expect(throws: ContentError.self) { try Pickle.decode(bytes, limits: Self.limits) }
    #expect(error?.code == .tooLarge)
  }

  @Test(
    arguments: [
      ("LONG4", [0x8B, 0xFF, 0xFF, 0xFF, 0x7F]), ("BINUNICODE", [0x58, 0xFF, 0xFF, 0xFF, 0xFF]),
      ("FRAME", [0x95] + huge), ("BINUNICODE8", [0x8D] + huge), ("BINBYTES8", [0x8E] + huge),
      ("BYTEARRAY8", [0x96] + huge), ("BINUNICODE8 of 2^64 - 1", [0x8D] + Array(repeating: 0xFF, count: 8)),
    ] as [(String, [UInt8])]
  )
  func `A length beyond the end is refused before anything is set aside for it`(
    name: String,
    bytes: [UInt8]
  ) {
    let error = #expect(throws: ContentError.self) { try Pickle.decode(bytes + Self.ascii("abc.")) }
    #expect(error?.code == .unexpectedEnd)
  }

  @Test(arguments: [(levels: 8, isRefused: false), (9, true), (60, true)])
  func `Pairs of pairs count as often as they occur`(levels: Int, isRefused: Bool) throws {
    var bytes = Self.ascii("N")
    for _ in 0..<levels { bytes += Self.ascii("2") + [0x86] }
    bytes += Self.ascii(".")
    if isRefused {
      let error = #expect(throws: ContentError.self) { try Pickle.decode(bytes, limits: Self.limits) }
      #expect(error?.code == .tooLarge)
      return
    }
    var value = try Pickle.decode(bytes, limits: Self.limits)
    var found = 0
    while case .tuple(let pair) = value {
      #expect(pair.count == 2 && pair[0] == pair[1])
      (value, found) = (pair[0], found + 1)
    }
    #expect(found == levels)
  }

  @Test func `Lists that grow in turn keep their own elements in order`() throws {
    // a = []; b = []; then 1, 2, 3 to each, one after the other.
    var bytes = Self.ascii("]q") + [0] + Self.ascii("]q") + [1] + Self.ascii("00")
    for number in UInt8(1)...3 {
      for list in UInt8(0)...1 {
        bytes += Self.ascii("h") + [list] + Self.ascii("(K") + [number] + Self.ascii("K") + [10 * number]
        bytes += Self.ascii("e0")
      }
    }
    bytes += Self.ascii("h") + [0] + Self.ascii("h") + [1, 0x86] + Self.ascii(".")
    let list: PythonValue = [1, 10, 2, 20, 3, 30]
    #expect(try Pickle.decode(bytes) == .tuple([list, list]))
  }

  @Test func `What is memorised under gaps and without is found again`() {
    var memo = PickleMemo()
    for index: UInt64 in [0, 5, 1, 1 << 40, 2, 3, 4, 5, 6] {
      memo[index] = Int32(truncatingIfNeeded: index &+ 100)
    }
    #expect(memo.count == 8)
    for index: UInt64 in [0, 1, 2, 3, 4, 5, 6] { #expect(memo[index] == Int32(index) + 100) }
    #expect(memo[1 << 40] == 100)
    #expect(memo[7] == nil)
  }

  private static let huge: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0x80]

  private static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }
}
