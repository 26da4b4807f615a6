/// How the values of a column lie in the rows of a binary log.
///
/// Source: the MySQL server's `log_event.h` ("Table_map_log_event"), and the MariaDB server's `field.h` for types
/// 140 and 141.
enum BinaryLogColumn: Sendable, Hashable {
  /// Every value takes so many bytes.
  case fixed(Int)
  /// A length of so many bytes, and the bytes of a text or of something else.
  case counted(lengthBytes: Int, isText: Bool)
  /// A `JSON` document: a length of four bytes and the bytes.
  case json

  /// Reads the description of a column.
  ///
  /// - Parameters:
  ///   - type: The number of the type.
  ///   - metadata: What the log says of the types beside; what belongs to this column is taken.
  /// - Returns: Nil for a type that is not known: neither it nor what follows can be read.
  init?(type: UInt8, metadata: inout ByteReader) throws(MariaDBError) {
    switch type {
    case 6: self = .fixed(0)  // NULL
    case 1, 13: self = .fixed(1)  // TINYINT, YEAR
    case 2: self = .fixed(2)
    case 9, 10, 11, 14: self = .fixed(3)  // MEDIUMINT, DATE, TIME of old
    case 3, 7: self = .fixed(4)  // INT, TIMESTAMP of old
    case 8, 12: self = .fixed(8)  // BIGINT, DATETIME of old
    case 4, 5: self = .fixed(Int(try metadata.uint8()))  // FLOAT, DOUBLE
    case 17: self = .fixed(4 + (try Self.fractionBytes(&metadata)))  // TIMESTAMP
    case 18: self = .fixed(5 + (try Self.fractionBytes(&metadata)))  // DATETIME
    case 19: self = .fixed(3 + (try Self.fractionBytes(&metadata)))  // TIME
    case 16:  // BIT
      let bits = try metadata.uint8()
      self = .fixed(Int(try metadata.uint8()) + (bits > 0 ? 1 : 0))
    case 246: self = .fixed(try Self.decimalBytes(&metadata))
    case 15, 253:  // VARCHAR, VARBINARY
      self = .counted(lengthBytes: try metadata.count(byteCount: 2) > 255 ? 2 : 1, isText: true)
    case 141:  // the same, compressed
      self = .counted(lengthBytes: try metadata.count(byteCount: 2) > 255 ? 2 : 1, isText: false)
    case 249...252: self = .counted(lengthBytes: try Self.lengthBytes(&metadata), isText: true)  // BLOB, TEXT
    case 140, 242, 255:  // compressed BLOB, VECTOR, GEOMETRY
      self = .counted(lengthBytes: try Self.lengthBytes(&metadata), isText: false)
    case 245:
      guard try Self.lengthBytes(&metadata) == 4 else { throw .malformedBinaryLog }
      self = .json
    case 247, 248, 254: self = try Self.char(&metadata)
    default: return nil
    }
  }

  private static func fractionBytes(_ metadata: inout ByteReader) throws(MariaDBError) -> Int {
    let digits = try metadata.uint8()
    guard digits <= 6 else { throw .malformedBinaryLog }
    return (Int(digits) + 1) / 2
  }

  private static func lengthBytes(_ metadata: inout ByteReader) throws(MariaDBError) -> Int {
    let count = Int(try metadata.uint8())
    guard (1...4).contains(count) else { throw .malformedBinaryLog }
    return count
  }

  /// Nine digits take four bytes, what is left over as many as it needs.
  private static func decimalBytes(_ metadata: inout ByteReader) throws(MariaDBError) -> Int {
    let precision = Int(try metadata.uint8())
    let scale = Int(try metadata.uint8())
    guard scale <= precision else { throw .malformedBinaryLog }
    func bytes(_ digits: Int) -> Int { digits / 9 * 4 + (digits % 9 + 1) / 2 }
    return bytes(precision - scale) + bytes(scale)
  }

  /// `CHAR`, `BINARY`, `ENUM` and `SET`: two bits of a long `CHAR`'s length are in the byte of the type.
  private static func char(_ metadata: inout ByteReader) throws(MariaDBError) -> BinaryLogColumn {
    let first = try metadata.uint8()
    let second = Int(try metadata.uint8())
    if first == 247 || first == 248 { return .fixed(second) }
    let length = second | Int((first & 0x30) ^ 0x30) << 4
    return .counted(lengthBytes: length > 255 ? 2 : 1, isText: true)
  }

  /// Takes the bytes of a value, without its length.
  func read(_ reader: inout ByteReader) throws(MariaDBError) -> UnsafeRawBufferPointer {
    switch self {
    case .fixed(let count): try reader.bytes(count)
    case .counted(let lengthBytes, _): try reader.bytes(try reader.count(byteCount: lengthBytes))
    case .json: try reader.bytes(try reader.count(byteCount: 4))
    }
  }

  /// Whether the values can be given: those of text and bytes.
  var isText: Bool {
    if case .counted(_, isText: true) = self { true } else { false }
  }
}
