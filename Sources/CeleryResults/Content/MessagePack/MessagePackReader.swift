/// Reads one value in MessagePack.
struct MessagePackReader {
  private let bytes: [UInt8]
  private let limits: ContentLimits
  private var position = 0
  private var depth = 0
  private var values = 0

  init(_ bytes: [UInt8], limits: ContentLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  mutating func readWhole() throws(ContentError) -> PythonValue {
    let value = try value()
    guard position == bytes.count else { throw error(.malformed, "expected the end") }
    return value
  }

  private mutating func value() throws(ContentError) -> PythonValue {
    values += 1
    guard values <= limits.values else {
      throw error(.tooLarge, "there are more than \(limits.values) values")
    }
    let first = try byte()
    switch first {
    case 0x80...0x8F: return try map(UInt64(first & 0x0F))
    case 0x90...0x9F: return try array(UInt64(first & 0x0F))
    case 0xDC, 0xDD: return try array(try number(2 << UInt64(first - 0xDC)))
    case 0xDE, 0xDF: return try map(try number(2 << UInt64(first - 0xDE)))
    default: return try scalar(first)
    }
  }

  /// Reads a value that holds no others.
  ///
  /// A function of its own, never inlined: its temporaries would else take stack at every level of nesting.
  @inline(never)
  private mutating func scalar(_ first: UInt8) throws(ContentError) -> PythonValue {
    switch first {
    case 0x00...0x7F: return .integer(Int64(first))
    case 0xA0...0xBF: return try text(UInt64(first & 0x1F))
    case 0xC0: return .null
    case 0xC2: return .bool(false)
    case 0xC3: return .bool(true)
    case 0xC4...0xC6: return .bytes(Array(try take(try number(1 << UInt64(first - 0xC4)))))
    case 0xC7...0xC9: return try extended(try number(1 << UInt64(first - 0xC7)))
    case 0xCA: return .double(Double(Float(bitPattern: UInt32(truncatingIfNeeded: try number(4)))))
    case 0xCB: return .double(Double(bitPattern: try number(8)))
    case 0xCC...0xCF: return PythonValue(try number(1 << UInt64(first - 0xCC)))
    case 0xD0: return .integer(Int64(Int8(truncatingIfNeeded: try number(1))))
    case 0xD1: return .integer(Int64(Int16(truncatingIfNeeded: try number(2))))
    case 0xD2: return .integer(Int64(Int32(truncatingIfNeeded: try number(4))))
    case 0xD3: return .integer(Int64(bitPattern: try number(8)))
    case 0xD4...0xD8: return try extended(1 << UInt64(first - 0xD4))
    case 0xD9...0xDB: return try text(try number(1 << UInt64(first - 0xD9)))
    case 0xE0...0xFF: return .integer(Int64(Int8(bitPattern: first)))
    default: throw error(.malformed, "expected a value")
    }
  }

  private mutating func array(_ count: UInt64) throws(ContentError) -> PythonValue {
    try enter(count)
    var elements: [PythonValue] = []
    for _ in 0..<count { elements.append(try value()) }
    depth -= 1
    return .array(elements)
  }

  private mutating func map(_ count: UInt64) throws(ContentError) -> PythonValue {
    try enter(count)
    var members: [(PythonValue, PythonValue)] = []
    for _ in 0..<count {
      let key = try value()
      switch key {
      case .array, .object, .dictionary, .opaque: throw error(.malformed, "a key is a \(key.typeName)")
      default: members.append((key, try value()))
      }
    }
    depth -= 1
    return .dictionary(of: members)
  }

  private mutating func enter(_ count: UInt64) throws(ContentError) {
    guard count <= UInt64(bytes.count - position) else {
      throw error(.unexpectedEnd, "expected more elements")
    }
    depth += 1
    guard depth <= limits.nesting else {
      throw error(.nestingTooDeep, "values are nested more than \(limits.nesting) deep")
    }
  }

  private mutating func text(_ count: UInt64) throws(ContentError) -> PythonValue {
    guard let text = String(validating: try take(count), as: UTF8.self) else {
      throw error(.malformed, "a text is not UTF-8")
    }
    return .string(text)
  }

  private mutating func extended(_ count: UInt64) throws(ContentError) -> PythonValue {
    let type = Int8(bitPattern: try byte())
    let data = Array(try take(count))
    if type == -1, let timestamp = Self.timestamp(data) { return .datetime(timestamp) }
    return .opaque(
      PythonOpaque(module: "msgpack", name: "ExtType", arguments: [.integer(Int64(type)), .bytes(data)])
    )
  }

  /// A timestamp of 32, 64 or 96 bits, cut to microseconds.
  private static func timestamp(_ data: [UInt8]) -> PythonDateTime? {
    func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    let seconds: Int64
    let nanoseconds: UInt64
    switch data.count {
    case 4: (seconds, nanoseconds) = (Int64(number(data[...])), 0)
    case 8: (seconds, nanoseconds) = (Int64(number(data[...]) & 0x3_FFFF_FFFF), number(data[...]) >> 34)
    case 12: (seconds, nanoseconds) = (Int64(bitPattern: number(data[4...])), number(data[..<4]))
    default: return nil
    }
    let (microseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    guard !overflow, nanoseconds < 1_000_000_000 else { return nil }
    let (sum, sumOverflow) = microseconds.addingReportingOverflow(Int64(nanoseconds / 1000))
    return sumOverflow ? nil : PythonDateTime(microsecondsSince1970: sum)
  }

  private mutating func byte() throws(ContentError) -> UInt8 {
    guard position < bytes.count else { throw error(.unexpectedEnd, "expected a value") }
    position += 1
    return bytes[position - 1]
  }

  private mutating func take(_ count: UInt64) throws(ContentError) -> ArraySlice<UInt8> {
    guard count <= UInt64(bytes.count - position) else {
      throw error(.unexpectedEnd, "a length goes beyond the end")
    }
    position += Int(count)
    return bytes[(position - Int(count))..<position]
  }

  /// Takes a number of so many bytes, the highest first.
  private mutating func number(_ count: UInt64) throws(ContentError) -> UInt64 {
    try take(count).reduce(0) { $0 << 8 | UInt64($1) }
  }

  private func error(_ code: ContentError.Code, _ detail: String) -> ContentError {
    ContentError(code, in: MessagePack.format, byteOffset: position, detail: detail)
  }
}
