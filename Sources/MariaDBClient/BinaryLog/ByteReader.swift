/// Reads numbers and stretches of bytes one after the other, never beyond the end.
///
/// The bytes are not copied: it must not outlive them.
struct ByteReader {
  private(set) var rest: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) {
    rest = bytes
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// The next bytes, which the caller must not keep.
  mutating func bytes(_ count: Int) throws(MariaDBError) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= rest.count else { throw .malformedBinaryLog }
    let bytes = UnsafeRawBufferPointer(rebasing: rest.prefix(count))
    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    return bytes
  }

  mutating func skip(_ count: Int) throws(MariaDBError) {
    _ = try bytes(count)
  }

  /// Drops bytes at the end.
  mutating func dropLast(_ count: Int) throws(MariaDBError) {
    guard count <= rest.count else { throw .malformedBinaryLog }
    rest = UnsafeRawBufferPointer(rebasing: rest.dropLast(count))
  }

  mutating func uint8() throws(MariaDBError) -> UInt8 {
    try bytes(1)[0]
  }

  /// A number of one to eight bytes, the least significant first.
  mutating func uint(byteCount: Int) throws(MariaDBError) -> UInt64 {
    guard (1...8).contains(byteCount) else { throw .malformedBinaryLog }
    let bytes = try bytes(byteCount)
    var value: UInt64 = 0
    for index in 0..<byteCount { value |= UInt64(bytes[index]) << (8 * UInt64(index)) }
    return value
  }

  /// The same as an index or a count.
  mutating func count(byteCount: Int) throws(MariaDBError) -> Int {
    guard let count = Int(exactly: try uint(byteCount: byteCount)) else { throw .malformedBinaryLog }
    return count
  }

  /// A number in the protocol's own packing: one byte, or a mark and two, three or eight bytes.
  ///
  /// Source: the MySQL Internals manual's "Protocol::LengthEncodedInteger".
  mutating func packedCount() throws(MariaDBError) -> Int {
    switch try uint8() {
    case let byte where byte < 0xFB: Int(byte)
    case 0xFC: try count(byteCount: 2)
    case 0xFD: try count(byteCount: 3)
    case 0xFE: try count(byteCount: 8)
    default: throw .malformedBinaryLog
    }
  }
}

extension MariaDBError {
  /// An event is shorter than what it says of itself, or otherwise no event.
  static var malformedBinaryLog: MariaDBError {
    MariaDBError(
      .protocolFailure,
      explanation: "the server sent an event of its binary log that cannot be understood"
    )
  }
}
