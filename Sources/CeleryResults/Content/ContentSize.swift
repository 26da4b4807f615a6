/// How large a value is when each part counts as often as it occurs.
struct ContentSize {
  /// The values, this one included.
  var values = 1
  /// The bytes of text and binary data.
  var dataBytes = 0
  /// The levels of nesting, this one included.
  var depth = 1

  /// The size of a value without parts.
  init(of scalar: PythonValue = .null) {
    switch scalar {
    case .string(let string):
      switch string.storage {
      case .text(let text): dataBytes = text.utf8.count
      case .utf16(let units): dataBytes = 2 * units.count
      }
    case .bytes(let bytes): dataBytes = bytes.count
    case .bigInteger(let integer): dataBytes = integer.digits.utf8.count
    default: break
    }
  }

  /// Adds a part; a sum that overflows stays at the largest number.
  mutating func add(_ part: ContentSize) {
    values = Self.sum(values, part.values)
    dataBytes = Self.sum(dataBytes, part.dataBytes)
    depth = max(depth, part.depth + 1)
  }

  private static func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }

  /// What it costs to hash the value, in values.
  var hashingCost: Int { Self.sum(values, dataBytes / 64) }
}
