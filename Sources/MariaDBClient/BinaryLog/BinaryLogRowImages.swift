/// Reads the rows of an event.
///
/// Source: the MySQL Internals manual's "ROWS_EVENT".
struct BinaryLogRowImages {
  private let table: BinaryLogTable
  private let columns: [BinaryLogColumn]
  private let wantedCount: Int
  private let event: BinaryLogEventType.Rows

  /// Prepares to read.
  ///
  /// - Parameters:
  ///   - table: The table; all its columns must be known.
  ///   - wantedCount: How many columns are wanted.
  init(
    _ table: BinaryLogTable,
    _ columns: [BinaryLogColumn],
    wantedCount: Int,
    event: BinaryLogEventType.Rows
  ) {
    self.table = table
    self.columns = columns
    self.wantedCount = wantedCount
    self.event = event
  }

  /// Reads what follows the event's header: all its rows.
  func rows(_ reader: inout ByteReader) throws(MariaDBError) -> [[MariaDBValue?]] {
    if event.hasExtraData {
      // The length counts itself.
      try reader.skip(try reader.count(byteCount: 2) - 2)
    }
    guard try reader.packedCount() == columns.count else { throw .malformedBinaryLog }
    let bitmapBytes = (columns.count + 7) / 8
    let first = Bitmap(bytes: try reader.bytes(bitmapBytes))
    let second = event.kind == .update ? Bitmap(bytes: try reader.bytes(bitmapBytes)) : nil
    guard event.isCompressed else { return try images(&reader, first, second) }
    let bytes = try BinaryLogCompression.inflated(reader.rest)
    let result = bytes.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes)
      return Result { () throws(MariaDBError) in try images(&reader, first, second) }
    }
    return try result.get()
  }

  private func images(
    _ reader: inout ByteReader,
    _ first: Bitmap,
    _ second: Bitmap?
  ) throws(MariaDBError) -> [[MariaDBValue?]] {
    var rows: [[MariaDBValue?]] = []
    while !reader.isAtEnd {
      let before = reader.rest.count
      var values = [MariaDBValue?](repeating: nil, count: wantedCount)
      try image(&reader, first, into: &values)
      if let second {
        if event.isPartial { try skipPartialBits(&reader) }
        // What the second image does not have has not changed.
        try image(&reader, second, into: &values)
      }
      // An image without columns would never end.
      guard reader.rest.count < before else { throw .malformedBinaryLog }
      rows.append(values)
    }
    return rows
  }

  private func image(
    _ reader: inout ByteReader,
    _ present: Bitmap,
    into values: inout [MariaDBValue?]
  ) throws(MariaDBError) {
    let nulls = Bitmap(bytes: try reader.bytes((present.count(columns.count) + 7) / 8))
    var ordinal = 0
    for (index, column) in columns.enumerated() where present[index] {
      let isNull = nulls[ordinal]
      ordinal += 1
      let bytes = isNull ? nil : try column.read(&reader)
      guard let place = table.places[index] else { continue }
      values[place] = bytes.map(Self.value) ?? .null
    }
  }

  private static func value(_ bytes: UnsafeRawBufferPointer) -> MariaDBValue {
    String(validating: bytes, as: UTF8.self).map(MariaDBValue.string) ?? .bytes(Array(bytes))
  }

  /// Before the second image stands which of its `JSON` documents are differences.
  private func skipPartialBits(_ reader: inout ByteReader) throws(MariaDBError) {
    guard try reader.packedCount() & 1 != 0 else { return }
    try reader.skip((columns.count { $0 == .json } + 7) / 8)
  }
}

/// One bit for each column, the least significant of the first byte first.
private struct Bitmap {
  let bytes: UnsafeRawBufferPointer

  subscript(index: Int) -> Bool { bytes[index / 8] & (1 << (index % 8)) != 0 }

  /// How many of the first bits are set.
  func count(_ columnCount: Int) -> Int {
    (0..<columnCount).count { self[$0] }
  }
}
