import CeleryResults
import Testing

@Suite
struct MutatedPickleTests {
  private static let limits = ContentLimits(values: 20_000, dataBytes: 1 << 20)

  @Test(arguments: 0..<10)
  func `a thousand mutated pickles give a value within the limits, or an error`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var values = 0
    var errors = 0
    for _ in 0..<1000 {
      let bytes = Self.mutated(using: &generator)
      let value: PythonValue
      do throws(ContentError) {
        value = try Pickle.decode(bytes, limits: Self.limits)
      } catch {
        errors += 1
        #expect(error.byteOffset ?? 0 <= bytes.count)
        continue
      }
      values += 1
      let size = MeasuredSize(value)
      #expect(size.values <= Self.limits.values)
      #expect(size.bytes <= Self.limits.dataBytes)
      // Whoever looks at the value visits all of it.
      _ = value.hashValue
      #expect(value == value)
      _ = PythonRepresentation.text(value)
      if let written = try? Pickle.encode(value) { #expect(try Pickle.decode(written) == value) }
      _ = try? PythonJSON.encode(value)
      _ = try? YAML.encode(value)
      _ = try? MessagePack.encode(value)
    }
    #expect(values > 100)
    #expect(errors > 100)
  }

  /// The corpus, and a few with zones of which it has none.
  private static let seeds =
    PickleCorpus.entries.map(\.bytes)
    + [FarDate.pytz(3600), .pytz(-1), .span("dateutil.tz.tz", "tzoffset", days: 0, seconds: 1)].flatMap {
      Array(repeating: $0.datetime, count: 10) + Array(repeating: $0.time, count: 10)
    }

  /// A pickle of the corpus with a few bytes changed, put in, taken out, or with another's end.
  private static func mutated(using generator: inout SeededGenerator) -> [UInt8] {
    let corpus = Self.seeds
    var bytes = corpus[Int.random(in: 0..<corpus.count, using: &generator)]
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: 0..<max(1, bytes.count), using: &generator)
      guard place < bytes.count else { break }
      let byte = UInt8.random(in: .min ... .max, using: &generator)
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: bytes[place] = byte
      case 1: bytes[place] ^= 1 << (byte & 7)
      case 2: bytes.insert(byte, at: place)
      case 3: bytes.remove(at: place)
      case 4: bytes.removeSubrange(place...)
      case 5: bytes.insert(contentsOf: bytes[place..<min(place + Int(byte), bytes.count)], at: place)
      case 6:
        // Numbers at their limits.
        let end = min(place + Int(byte & 7) + 1, bytes.count)
        for index in place..<end { bytes[index] = byte < 0x80 ? 0x7F : 0xFF }
      default:
        let other = corpus[Int.random(in: 0..<corpus.count, using: &generator)]
        bytes = bytes[..<place] + other.suffix(Int(byte))
      }
    }
    return bytes
  }
}

/// How large a value is when each part counts as often as it occurs.
struct MeasuredSize {
  var values = 0
  var bytes = 0

  init(_ value: PythonValue) {
    add(value)
  }

  private mutating func add(_ value: PythonValue) {
    values += 1
    switch value {
    case .string(let string): bytes += string.text?.utf8.count ?? 2 * string.utf16.count
    case .bytes(let data): bytes += data.count
    case .array(let elements), .tuple(let elements): for element in elements { add(element) }
    case .set(let set): for element in set.elements { add(element) }
    case .object(let members): for member in members { add(.string(member.key)); add(member.value) }
    case .dictionary(let members): for member in members { add(member.key); add(member.value) }
    case .exception(let exception): for argument in exception.arguments { add(argument) }
    case .opaque(let object): for argument in object.arguments ?? [] { add(argument) }
    default: break
    }
  }
}
