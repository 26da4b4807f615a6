/// The first 19 bytes of every event.
///
/// Source: the MySQL Internals manual's "Event Header".
struct BinaryLogEventHeader: Sendable, Hashable {
  static let byteCount = 19

  let type: BinaryLogEventType
  /// With header and checksum.
  let length: Int
  /// Where the next event begins in its file; 0 where the event is in no file.
  let nextOffset: UInt64
  private let flags: UInt64

  init(_ reader: inout ByteReader) throws(MariaDBError) {
    try reader.skip(4)  // when
    type = BinaryLogEventType(rawValue: try reader.uint8())
    try reader.skip(4)  // by which server
    length = try reader.count(byteCount: 4)
    nextOffset = try reader.uint(byteCount: 4)
    flags = try reader.uint(byteCount: 2)
  }

  /// Whether the server made it up for this client.
  var isArtificial: Bool { flags & 0x20 != 0 }
}
