/// Writes values in MessagePack.
struct MessagePackWriter {
  private(set) var bytes: [UInt8] = []
  private let limits: ContentLimits
  private var depth = 0

  init(limits: ContentLimits) {
    self.limits = limits
  }

  mutating func write(_ value: PythonValue) throws(ContentError) {
    // Python's own packer stops at 511.
    let limit = min(limits.nesting, 511)
    guard depth <= limit else { throw .writingTooDeep(in: MessagePack.format, limit: limit) }
    depth += 1
    defer { depth -= 1 }
    switch value {
    case .null: bytes.append(0xC0)
    case .bool(let value): bytes.append(value ? 0xC3 : 0xC2)
    case .integer(let value): write(value)
    case .bigInteger(let value):
      guard let number = UInt64(value.digits) else { throw unsupported("an int beyond 64 bits") }
      write(0xCF, number.bigEndianBytes)
    case .double(let value): write(0xCB, value.bitPattern.bigEndianBytes)
    case .string(let value):
      guard let text = value.text else { throw unsupported("a str with a lone surrogate") }
      write(text)
    case .bytes(let value):
      writeHeader(value.count, short: nil, 0xC4, 0xC5, 0xC6)
      bytes.append(contentsOf: value)
    case .array(let elements), .tuple(let elements):
      writeHeader(elements.count, short: (0x90, 15), nil, 0xDC, 0xDD)
      for element in elements { try write(element) }
    case .object(let members):
      writeHeader(members.count, short: (0x80, 15), nil, 0xDE, 0xDF)
      for (key, value) in members {
        try write(.string(key))
        try write(value)
      }
    case .dictionary(let members):
      writeHeader(members.count, short: (0x80, 15), nil, 0xDE, 0xDF)
      for (key, value) in members {
        switch key {
        case .string, .bytes: try write(key)
        default:
          throw unsupported("a dict with a key of type \(key.typeName), which msgpack does not read back")
        }
        try write(value)
      }
    case .datetime, .date, .time, .decimal, .uuid, .set, .timedelta, .exception, .opaque:
      throw unsupported("a \(value.typeName)")
    }
  }

  private func unsupported(_ what: String) -> ContentError {
    ContentError(
      .unsupportedValue,
      in: MessagePack.format,
      detail: "\(what) cannot be written; use another serializer"
    )
  }

  private mutating func write(_ integer: Int64) {
    switch integer {
    case 0..<0x80, -32..<0: bytes.append(UInt8(truncatingIfNeeded: integer))
    case 0x80..<0x100: write(0xCC, [UInt8(integer)])
    case 0x100..<0x10000: write(0xCD, UInt16(integer).bigEndianBytes)
    case 0x10000..<0x1_0000_0000: write(0xCE, UInt32(integer).bigEndianBytes)
    case 0x1_0000_0000...: write(0xCF, UInt64(integer).bigEndianBytes)
    case -0x80..<0: write(0xD0, [UInt8(truncatingIfNeeded: integer)])
    case -0x8000..<0: write(0xD1, UInt16(truncatingIfNeeded: integer).bigEndianBytes)
    case -0x8000_0000..<0: write(0xD2, UInt32(truncatingIfNeeded: integer).bigEndianBytes)
    default: write(0xD3, UInt64(bitPattern: integer).bigEndianBytes)
    }
  }

  private mutating func write(_ text: String) {
    writeHeader(text.utf8.count, short: (0xA0, 31), 0xD9, 0xDA, 0xDB)
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func write(_ first: UInt8, _ rest: [UInt8]) {
    bytes.append(first)
    bytes.append(contentsOf: rest)
  }

  /// Writes a type and a count: in one byte when it is `short`, else in one, two or four bytes after it.
  private mutating func writeHeader(
    _ count: Int,
    short: (first: UInt8, limit: Int)?,
    _ one: UInt8?,
    _ two: UInt8,
    _ four: UInt8
  ) {
    if let short, count <= short.limit {
      bytes.append(short.first | UInt8(count))
    } else if let one, count < 0x100 {
      write(one, [UInt8(count)])
    } else if count < 0x10000 {
      write(two, UInt16(count).bigEndianBytes)
    } else {
      write(four, UInt32(truncatingIfNeeded: count).bigEndianBytes)
    }
  }
}
