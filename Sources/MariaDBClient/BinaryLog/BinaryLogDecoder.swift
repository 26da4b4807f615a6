/// Reads the events of a binary log, as a server sends them: bytes in, rows out.
///
/// It knows no connection. Nothing that a server sends makes it trap.
///
/// Source: the MySQL Internals manual's "Binary Log Event".
package struct BinaryLogDecoder: Sendable {
  /// Whether the events end in a checksum.
  private enum Checksum: Sendable {
    /// The log has not told it yet.
    case unknown
    case none
    case crc32
  }

  private let selection: BinaryLogSelection
  private var checksum = Checksum.unknown
  /// The selected table under the numbers that the log gives it.
  private var tables: [UInt64: BinaryLogTable] = [:]

  /// Where the next event begins.
  package private(set) var position: BinaryLogPosition

  /// Makes a decoder.
  ///
  /// - Parameters:
  ///   - selection: The table whose rows are wanted.
  ///   - position: Where the server begins.
  package init(_ selection: BinaryLogSelection, at position: BinaryLogPosition) {
    self.selection = selection
    self.position = position
  }

  /// Reads one event.
  ///
  /// - Parameter bytes: The event, without what the protocol sets before it.
  /// - Throws: ``MariaDBError`` with the code ``MariaDBError/Code/protocolFailure`` when it cannot be understood,
  ///   and ``MariaDBError/Code/binaryLogUnreadable`` when it holds a transaction that MySQL has compressed.
  package mutating func decode(_ bytes: UnsafeRawBufferPointer) throws(MariaDBError) -> BinaryLogEvent {
    var reader = ByteReader(bytes)
    let header = try BinaryLogEventHeader(&reader)
    guard header.length == bytes.count else { throw .malformedBinaryLog }
    if header.type == .formatDescription {
      try readFormat(&reader)
    }
    try checkSum(of: bytes, &reader, header)
    let event = try read(header, &reader)
    if header.nextOffset > 0, !header.isArtificial, header.type != .rotate, header.type != .heartbeat {
      position.offset = header.nextOffset
    }
    return event
  }

  private mutating func read(
    _ header: BinaryLogEventHeader,
    _ reader: inout ByteReader
  ) throws(MariaDBError) -> BinaryLogEvent {
    if let rows = header.type.rows { return try read(rows, &reader) }
    switch header.type {
    case .tableMap: return try readTable(&reader)
    case .query, .compressedQuery: return try readStatement(&reader, header.type)
    case .xid, .xaPrepare, .gtid, .anonymousGTID, .taggedGTID, .mariaDBGTID:
      // What precedes the beginning of a transaction is complete.
      return .transactionEnd
    case .rotate:
      let offset = try reader.uint(byteCount: 8)
      position = BinaryLogPosition(file: String(decoding: reader.rest, as: UTF8.self), offset: offset)
      tables = [:]
      return .transactionEnd
    case .heartbeat, .heartbeatV2: return .heartbeat
    case .transactionPayload:
      throw MariaDBError(
        .binaryLogUnreadable,
        explanation:
          "the binary log holds compressed transactions (binlog_transaction_compression), which this "
          + "client cannot read"
      )
    default: return .other
    }
  }

  /// The format tells whether events have a checksum: the byte before its own.
  private mutating func readFormat(_ reader: inout ByteReader) throws(MariaDBError) {
    var format = reader
    let version = try format.uint(byteCount: 2)
    try format.skip(50 + 4)
    guard version == 4, try format.uint8() == BinaryLogEventHeader.byteCount, format.rest.count >= 5 else {
      throw MariaDBError(.binaryLogUnreadable, explanation: "the binary log is of an unknown format")
    }
    try format.dropLast(4)
    checksum = format.rest.last == 1 ? .crc32 : .none
    tables = [:]
  }

  private func checkSum(
    of bytes: UnsafeRawBufferPointer,
    _ reader: inout ByteReader,
    _ header: BinaryLogEventHeader
  ) throws(MariaDBError) {
    guard checksum != .none, bytes.count >= BinaryLogEventHeader.byteCount + 4 else { return }
    let sum = BinaryLogCompression.crc32(UnsafeRawBufferPointer(rebasing: bytes.dropLast(4)))
    var end = ByteReader(UnsafeRawBufferPointer(rebasing: bytes.suffix(4)))
    if try end.uint(byteCount: 4) == UInt64(sum) {
      try reader.dropLast(4)
    } else if checksum == .crc32 {
      throw MariaDBError(
        .protocolFailure,
        explanation: "an event of the binary log does not have the checksum that it states"
      )
    }
  }

  private mutating func readTable(_ reader: inout ByteReader) throws(MariaDBError) -> BinaryLogEvent {
    let id = try reader.uint(byteCount: 6)
    try reader.skip(2)
    let names = try BinaryLogTable.names(&reader)
    guard selection.matches(database: names.database, table: names.table) else {
      if !tables.isEmpty { tables[id] = nil }
      return .other
    }
    let table = try BinaryLogTable(&reader, selection)
    // A table that is altered gets a new number.
    if tables.count > 16 { tables = [:] }
    tables[id] = table
    return table.columnCount == selection.columnCount ? .other : .tableChanged(columnCount: table.columnCount)
  }

  private func read(
    _ rows: BinaryLogEventType.Rows,
    _ reader: inout ByteReader
  ) throws(MariaDBError) -> BinaryLogEvent {
    let id = try reader.uint(byteCount: 6)
    try reader.skip(2)
    guard let table = tables[id], rows.kind != .delete || selection.includesDeletes else { return .other }
    guard let columns = table.columns, table.isReadable(selection),
      table.columnCount == selection.columnCount
    else {
      return .unreadableRows
    }
    let images = BinaryLogRowImages(table, columns, wantedCount: selection.columns.count, event: rows)
    return .rows(
      BinaryLogRows(
        database: selection.database,
        table: selection.table,
        kind: rows.kind,
        rows: try images.rows(&reader)
      )
    )
  }

  private func readStatement(
    _ reader: inout ByteReader,
    _ type: BinaryLogEventType
  ) throws(MariaDBError) -> BinaryLogEvent {
    try reader.skip(4 + 4)  // session, duration
    let databaseLength = Int(try reader.uint8())
    try reader.skip(2)  // error
    try reader.skip(try reader.count(byteCount: 2))
    let database = String(decoding: try reader.bytes(databaseLength), as: UTF8.self)
    try reader.skip(1)
    if type == .compressedQuery {
      let sql = String(decoding: try BinaryLogCompression.inflated(reader.rest), as: UTF8.self)
      return .statement(BinaryLogStatement(database: database, sql: sql))
    }
    if reader.rest.elementsEqual("BEGIN".utf8) || reader.rest.elementsEqual("COMMIT".utf8) {
      return .transactionEnd
    }
    let sql = String(decoding: reader.rest, as: UTF8.self)
    return .statement(BinaryLogStatement(database: database, sql: sql))
  }
}
