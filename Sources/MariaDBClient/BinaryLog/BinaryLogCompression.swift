internal import CMariaDB

/// The compression that MariaDB writes with `log_bin_compress`.
///
/// Source: the MariaDB server's `log_event.cc` ("binlog_buf_uncompress").
enum BinaryLogCompression {
  /// More than zlib can make of a byte.
  private static let largestRatio = 1_100

  /// Reads what was compressed: a byte that says how long the length is, the length with the most significant byte
  /// first, and what zlib made.
  static func inflated(_ bytes: UnsafeRawBufferPointer) throws(MariaDBError) -> [UInt8] {
    var reader = ByteReader(bytes)
    let head = try reader.uint8()
    guard head & 0xF0 == 0x80, (1...4).contains(head & 0x07) else { throw .malformedBinaryLog }
    var length = 0
    for byte in try reader.bytes(Int(head & 0x07)) { length = length << 8 | Int(byte) }
    let compressed = reader.rest
    guard length > 0, length / largestRatio <= compressed.count else { throw .malformedBinaryLog }
    let result = Result { () throws(MariaDBError) in
      try [UInt8](unsafeUninitializedCapacity: length) { buffer, count throws(MariaDBError) in
        var inflated = uLongf(length)
        let status = uncompress(
          buffer.baseAddress,
          &inflated,
          compressed.bindMemory(to: UInt8.self).baseAddress,
          uLong(compressed.count)
        )
        guard status == Z_OK, Int(inflated) == length else { throw .malformedBinaryLog }
        count = length
      }
    }
    return try result.get()
  }

  /// The checksum that ends each event.
  static func crc32(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(truncatingIfNeeded: CMariaDB.crc32_z(0, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count))
  }
}
