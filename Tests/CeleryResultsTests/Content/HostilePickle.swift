/// Pickles made to do harm, by families of twenty.
struct HostilePickle: Sendable, CustomStringConvertible {
  var name: String
  var bytes: [UInt8]
  /// Whether it must be refused; otherwise a harmless value will do.
  var isRefused = true

  var description: String { name }

  static let all: [HostilePickle] = (0..<20).flatMap { number in
    [
      bomb(number, ofLists: true), bomb(number, ofLists: false),
      giantLength(number), circle(number), deepNesting(number), sharedText(number), call(number),
      outside(number), wrongStack(number), hashing(number),
    ]
  }

  private static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

  private static func memo(_ opcode: String, _ number: Int) -> [UInt8] {
    ascii(opcode) + (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  /// Ten references to the one before, on so many levels.
  private static func bomb(_ number: Int, ofLists: Bool) -> HostilePickle {
    let levels = 7 + number * 20
    var bytes = ascii("](Kae") + memo("r", 0)
    for level in 1...levels {
      bytes += ascii(ofLists ? "](" : "(")
      for _ in 0..<10 { bytes += memo("j", level - 1) }
      bytes += ascii(ofLists ? "e" : "t") + memo("r", level)
    }
    return HostilePickle(
      name: "\(levels) levels of \(ofLists ? "lists" : "tuples") that name each other",
      bytes: bytes + ascii(".")
    )
  }

  private static func giantLength(_ number: Int) -> HostilePickle {
    let eight: [UInt8] = [0x8D, 0x8E, 0x95, 0x96]
    let four: [UInt8] = ascii("XBT") + [0x8B]
    let lengths: [[UInt8]] = [[0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0x7F]]
    if number < 12 {
      let length = lengths[number % 3]
      return HostilePickle(
        name: "length \(number)",
        bytes: [four[number % 4]] + length + [1, 2, 3] + ascii(".")
      )
    }
    let high: [UInt8] = number % 2 == 0 ? [0xFF, 0xFF, 0xFF, 0xFF] : [0, 0, 0, 0x80]
    return HostilePickle(
      name: "length \(number)",
      bytes: [eight[number % 4], 9, 0, 0, 0] + high + ascii("abc.")
    )
  }

  /// A list, dictionary, tuple or call that contains itself after some levels.
  private static func circle(_ number: Int) -> HostilePickle {
    let inner = String(repeating: "(", count: number) + "h\0" + String(repeating: "t", count: number)
    switch number % 4 {
    case 0: return HostilePickle(name: "circle \(number)", bytes: ascii("]q\0\(inner)a."))
    case 1: return HostilePickle(name: "circle \(number)", bytes: ascii("}q\0K\u{1}\(inner)s."))
    case 2: return HostilePickle(name: "circle \(number)", bytes: ascii("]q\0(\(inner)\(inner)e."))
    default:
      return HostilePickle(
        name: "circle \(number)",
        bytes: ascii("]q\0(cbuiltins\nset\n\(inner)") + [0x85] + ascii("Re.")
      )
    }
  }

  private static func deepNesting(_ number: Int) -> HostilePickle {
    let depth = 1_100 + number * number * 1000
    let pieces: (String, String) =
      switch number % 4 {
      case 0: ("]", "a")
      case 1: ("(", "t")
      case 2: ("}K\u{1}", "s")
      default: ("cshop\nOrder\n(", "tR")
      }
    let bytes =
      ascii(String(repeating: pieces.0, count: depth)) + ascii("N")
      + ascii(String(repeating: pieces.1, count: depth)) + ascii(".")
    return HostilePickle(name: "\(depth) levels of \(pieces.1)", bytes: bytes)
  }

  /// A long text that is named very often.
  private static func sharedText(_ number: Int) -> HostilePickle {
    let text = Array(repeating: UInt8(ascii: "x"), count: 100_000)
    var bytes = ascii("](X") + [0xA0, 0x86, 0x01, 0x00] + text + ascii("q\0")
    for _ in 0..<(100 * (number + 1)) { bytes += ascii("h\0") }
    return HostilePickle(name: "text named \(100 * (number + 1)) times", bytes: bytes + ascii("e."))
  }

  /// Names and calls of what would do harm, if it were looked up.
  private static func call(_ number: Int) -> HostilePickle {
    let functions = ["os\nsystem", "posix\nsystem", "subprocess\nPopen", "builtins\neval", "builtins\nexec"]
    let function = functions[number % 5]
    let command = "S'touch /tmp/celery-results-was-here'\n"
    switch number / 5 {
    case 0:
      return HostilePickle(name: function, bytes: ascii("c\(function)\n(\(command)tR."), isRefused: false)
    case 1: return HostilePickle(name: function, bytes: ascii("(i\(function)\n."), isRefused: false)
    case 2:
      return HostilePickle(name: function, bytes: ascii("(c\(function)\n\(command)o."), isRefused: false)
    default:
      let bytes = ascii("cbuiltins\ngetattr\n(c\(function)\nS'__call__'\ntR(\(command)tR}b.")
      return HostilePickle(name: function, bytes: bytes, isRefused: false)
    }
  }

  /// What lies outside of the pickle: persistent ids, registered classes, buffers; and unknown instructions.
  private static func outside(_ number: Int) -> HostilePickle {
    let starts: [[UInt8]] = [
      ascii("Pid\n"), ascii("NQ"), [0x82, 1], [0x83, 1, 0], [0x84, 1, 0, 0, 0], [0x97], [0x4E, 0x98], [0xFF],
      [0x80, 6], [0x80],
    ]
    let before = number < 10 ? [] : ascii("](K\u{1}")
    return HostilePickle(name: "outside \(number)", bytes: before + starts[number % 10] + ascii("."))
  }

  /// Instructions that take what is not there.
  private static func wrongStack(_ number: Int) -> HostilePickle {
    let programs = [
      "", ".", "a.", "(.", "t.", "e.", "s.", "u.", "R.", "Nb.", "0.", "1.", "2.", "g9\n.", "h\u{9}.",
      "(K\u{1}d.",
      "NNR.", "N)R.", "NNa.", "]N(u.",
    ]
    return HostilePickle(name: "program \(number)", bytes: ascii(programs[number]))
  }

  /// Frozen sets in frozen sets, the elements of which are hashed on every level; and integers of very many digits.
  private static func hashing(_ number: Int) -> HostilePickle {
    if number % 2 == 0 {
      let count = UInt32(2_000 * (number + 1))
      let length = (0..<4).map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
      let digits = Array(repeating: UInt8(0x7F), count: Int(count))
      return HostilePickle(name: "integer of \(count) bytes", bytes: [0x8B] + length + digits + ascii("."))
    }
    var bytes = ascii("(")
    for value in 0..<4_000 { bytes += ascii("M") + [UInt8(value & 0xFF), UInt8(value >> 8)] }
    bytes += ascii("t") + memo("r", 0)
    for level in 1...(50 * (number + 1)) {
      bytes += ascii("(") + memo("j", level - 1) + [0x91] + memo("r", level) + ascii("0") + memo("j", level)
    }
    return HostilePickle(
      name: "\(50 * (number + 1)) levels of frozen sets",
      bytes: bytes + ascii("."),
      isRefused: false
    )
  }
}
