internal import CMariaDB

/// The memory into which libmariadb puts the columns of a row of a prepared statement.
///
/// A column of variable length starts with a small buffer, which grows to the length that the server
/// reports: there is no fixed size that a value could exceed.
final class ResultBinding {
  let columns: [ColumnMetadata]
  private let binds: UnsafeMutablePointer<MYSQL_BIND>
  private let lengths: UnsafeMutablePointer<UInt>
  private let nulls: UnsafeMutablePointer<my_bool>
  private let truncated: UnsafeMutablePointer<my_bool>
  private var buffers: [UnsafeMutableRawBufferPointer]

  private static let initialTextBytes = 512
  private static let keptTextBytes = 64 * 1024

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
      attachBuffer(at: index)
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
    var rows: [MariaDBRow] = []
    var bound = false
    while true {
      if !bound {
        guard mysql_stmt_bind_result(statement, binds) == 0 else { throw MariaDBError(statement: statement) }
        bound = true
      }
      switch mysql_stmt_fetch(statement) {
      case 0, MYSQL_DATA_TRUNCATED:
        // Truncation is not always reported: an option file can turn that off. The binding is copied by libmariadb: after a buffer has grown it is bound anew.
        if try growBuffers(statement) { bound = false }
      case MYSQL_NO_DATA:
        shrinkBuffers()
        return rows
      default: throw MariaDBError(statement: statement)
      }
      var values: [MariaDBValue] = []
      values.reserveCapacity(columns.count)
      for index in columns.indices { values.append(value(at: index)) }
      rows.append(MariaDBRow(columns: columns, values: values))
    }
  }

  /// Fetches again, into a buffer that is large enough, each column that did not fit.
  private func growBuffers(_ statement: UnsafeMutablePointer<MYSQL_STMT>) throws(MariaDBError) -> Bool {
    var grown = false
    for index in columns.indices where nulls[index] == 0 && Int(lengths[index]) > buffers[index].count {
      buffers[index].deallocate()
      buffers[index] = .allocate(byteCount: Int(lengths[index]), alignment: 16)
      attachBuffer(at: index)
      grown = true
      guard mysql_stmt_fetch_column(statement, binds + index, UInt32(index), 0) == 0 else {
        throw MariaDBError(statement: statement)
      }
    }
    return grown
  }

  private func shrinkBuffers() {
    for index in columns.indices where buffers[index].count > Self.keptTextBytes {
      buffers[index].deallocate()
      buffers[index] = .allocate(byteCount: Self.initialTextBytes, alignment: 16)
      attachBuffer(at: index)
    }
  }

  private func attachBuffer(at index: Int) {
    binds[index].buffer = buffers[index].baseAddress
    binds[index].buffer_length = UInt(buffers[index].count)
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
    default: (column.isBinary ? MYSQL_TYPE_BLOB : MYSQL_TYPE_STRING, initialTextBytes)
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
