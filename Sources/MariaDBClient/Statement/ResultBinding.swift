internal import CMariaDB

/// The memory into which libmariadb puts the columns of a row of a prepared statement.
///
/// A column of variable length has a small buffer. A value that does not fit is read straight into the memory of
/// its Swift value: there is no fixed size that a value could exceed, and a large one is copied once.
final class ResultBinding {
  let columns: [ColumnMetadata]
  private let binds: UnsafeMutablePointer<MYSQL_BIND>
  private let lengths: UnsafeMutablePointer<UInt>
  private let nulls: UnsafeMutablePointer<my_bool>
  private let truncated: UnsafeMutablePointer<my_bool>
  private let buffers: [UnsafeMutableRawBufferPointer]

  private static let textBytes = 512

  init(columns: [ColumnMetadata]) {
    self.columns = columns
    let count = columns.count
    binds = .allocate(capacity: count)
    lengths = .allocate(capacity: count)
    nulls = .allocate(capacity: count)
    truncated = .allocate(capacity: count)
    lengths.initialize(repeating: 0, count: count)
    nulls.initialize(repeating: 0, count: count)
    truncated.initialize(repeating: 0, count: count)
    buffers = columns.map { .allocate(byteCount: Self.layout(of: $0).size, alignment: 16) }
    for index in columns.indices {
      binds[index] = MYSQL_BIND()
      binds[index].buffer_type = Self.layout(of: columns[index]).type
      binds[index].is_unsigned = columns[index].isUnsigned ? 1 : 0
      binds[index].length = lengths + index
      binds[index].is_null = nulls + index
      binds[index].error = truncated + index
      binds[index].buffer = buffers[index].baseAddress
      binds[index].buffer_length = UInt(buffers[index].count)
    }
  }

  deinit {
    binds.deallocate()
    lengths.deallocate()
    nulls.deallocate()
    truncated.deallocate()
    for buffer in buffers { buffer.deallocate() }
  }

  /// Refuses columns of types that libmariadb does not know: it would crash on them.
  func checkTypes() throws(MariaDBError) {
    for column in columns {
      switch column.type.rawValue {
      case 0...16, 245...255: break
      default:
        throw MariaDBError(
          .decodingFailed,
          explanation: "column \(column.name): libmariadb does not know its type (number "
            + "\(column.type.rawValue)); select it as text, or as HEX(…)"
        )
      }
    }
  }

  /// Reads every row of a statement that was executed.
  func fetchRows(from statement: UnsafeMutablePointer<MYSQL_STMT>) throws(MariaDBError) -> [MariaDBRow] {
    guard mysql_stmt_bind_result(statement, binds) == 0 else { throw MariaDBError(statement: statement) }
    var rows: [MariaDBRow] = []
    while true {
      switch mysql_stmt_fetch(statement) {
      // Truncation is not always reported: an option file can turn that off.
      case 0, MYSQL_DATA_TRUNCATED: break
      case MYSQL_NO_DATA: return rows
      default: throw MariaDBError(statement: statement)
      }
      var values: [MariaDBValue] = []
      values.reserveCapacity(columns.count)
      for index in columns.indices {
        let fits = nulls[index] != 0 || Int(lengths[index]) <= buffers[index].count
        values.append(fits ? value(at: index) : try largeValue(at: index, of: statement))
      }
      rows.append(MariaDBRow(columns: columns, values: values))
    }
  }

  /// Reads a value that is longer than its buffer.
  private func largeValue(
    at index: Int,
    of statement: UnsafeMutablePointer<MYSQL_STMT>
  ) throws(MariaDBError) -> MariaDBValue {
    let count = Int(lengths[index])
    if columns[index].isText {
      // Nearly all of it is ASCII, as Celery writes JSON. A string that is made of something else may not hold the
      // same bytes.
      var isASCII = false
      let text = String(unsafeUninitializedCapacity: count) { memory in
        guard fetch(index, of: statement, into: UnsafeMutableRawBufferPointer(memory)) else { return 0 }
        isASCII = memory[..<count].allSatisfy { $0 < 0x80 }
        return isASCII ? count : 0
      }
      if isASCII { return .string(text) }
    }
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { memory, initializedCount in
      if fetch(index, of: statement, into: UnsafeMutableRawBufferPointer(memory)) { initializedCount = count }
    }
    guard bytes.count == count else { throw MariaDBError(statement: statement) }
    return bytes.withUnsafeBytes { MariaDBValue(columnBytes: $0, of: columns[index]) }
  }

  /// Fetches a column of the current row again.
  ///
  /// - Returns: Whether that was possible.
  private func fetch(
    _ index: Int,
    of statement: UnsafeMutablePointer<MYSQL_STMT>,
    into memory: UnsafeMutableRawBufferPointer
  ) -> Bool {
    var bind = binds[index]
    bind.buffer = memory.baseAddress
    bind.buffer_length = UInt(memory.count)
    return mysql_stmt_fetch_column(statement, &bind, UInt32(index), 0) == 0
  }

  private func value(at index: Int) -> MariaDBValue {
    guard nulls[index] == 0 else { return .null }
    let column = columns[index]
    let buffer = UnsafeRawBufferPointer(buffers[index])
    switch binds[index].buffer_type {
    case MYSQL_TYPE_LONGLONG:
      return column.isUnsigned
        ? .uint(buffer.load(as: UInt64.self)) : .int(buffer.load(as: Int64.self))
    case MYSQL_TYPE_FLOAT: return .float(buffer.load(as: Float.self))
    case MYSQL_TYPE_DOUBLE: return .double(buffer.load(as: Double.self))
    case MYSQL_TYPE_DATE: return .date(buffer.load(as: MYSQL_TIME.self).date)
    case MYSQL_TYPE_DATETIME: return .dateTime(buffer.load(as: MYSQL_TIME.self).dateTime)
    case MYSQL_TYPE_TIME: return .time(buffer.load(as: MYSQL_TIME.self).time)
    default:
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<Int(lengths[index])])
      return MariaDBValue(columnBytes: bytes, of: column)
    }
  }

  /// The type that libmariadb converts a column to, and the bytes that takes at first.
  private static func layout(of column: ColumnMetadata) -> (type: enum_field_types, size: Int) {
    switch column.type {
    case MYSQL_TYPE_TINY, MYSQL_TYPE_SHORT, MYSQL_TYPE_INT24, MYSQL_TYPE_LONG, MYSQL_TYPE_LONGLONG,
      MYSQL_TYPE_YEAR:
      (MYSQL_TYPE_LONGLONG, 8)
    case MYSQL_TYPE_FLOAT: (MYSQL_TYPE_FLOAT, 4)
    case MYSQL_TYPE_DOUBLE: (MYSQL_TYPE_DOUBLE, 8)
    case MYSQL_TYPE_DATE, MYSQL_TYPE_NEWDATE: (MYSQL_TYPE_DATE, MemoryLayout<MYSQL_TIME>.size)
    case MYSQL_TYPE_DATETIME, MYSQL_TYPE_TIMESTAMP: (MYSQL_TYPE_DATETIME, MemoryLayout<MYSQL_TIME>.size)
    case MYSQL_TYPE_TIME: (MYSQL_TYPE_TIME, MemoryLayout<MYSQL_TIME>.size)
    default: (column.isBinary ? MYSQL_TYPE_BLOB : MYSQL_TYPE_STRING, textBytes)
    }
  }
}

extension ColumnMetadata {
  /// Whether a value that arrives as bytes is text, if these are UTF-8.
  fileprivate var isText: Bool {
    switch type {
    case MYSQL_TYPE_NEWDECIMAL, MYSQL_TYPE_DECIMAL, MYSQL_TYPE_BIT, MYSQL_TYPE_GEOMETRY: false
    default: !isBinary
    }
  }
}

extension MariaDBValue {
  /// The value of a column that arrives as bytes.
  init(columnBytes bytes: UnsafeRawBufferPointer, of column: ColumnMetadata) {
    switch column.type {
    case MYSQL_TYPE_NEWDECIMAL, MYSQL_TYPE_DECIMAL:
      self = .decimal(String(decoding: bytes, as: UTF8.self))
    case MYSQL_TYPE_BIT, MYSQL_TYPE_GEOMETRY:
      self = .bytes(Array(bytes))
    default:
      if !column.isBinary, let text = String(validating: bytes, as: UTF8.self) {
        self = .string(text)
      } else {
        self = .bytes(Array(bytes))
      }
    }
  }
}
