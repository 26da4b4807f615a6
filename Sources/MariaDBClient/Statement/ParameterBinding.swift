internal import CMariaDB

/// The parameters of one prepared statement in the form that libmariadb reads: an array of `MYSQL_BIND` and
/// the memory that it points to.
///
/// `MYSQL_BIND` keeps pointers, so everything is allocated by hand and freed with this object.
package final class ParameterBinding {
  let count: Int
  let binds: UnsafeMutablePointer<MYSQL_BIND>
  private let scalars: UnsafeMutablePointer<UInt64>
  private let times: UnsafeMutablePointer<MYSQL_TIME>
  private var text: UnsafeMutableRawBufferPointer

  /// Text buffers larger than this are given back after each use.
  private static let keptTextBytes = 64 * 1024

  package init(count: Int) {
    self.count = count
    binds = .allocate(capacity: count)
    scalars = .allocate(capacity: count)
    times = .allocate(capacity: count)
    text = .allocate(byteCount: 0, alignment: 8)
  }

  deinit {
    binds.deallocate()
    scalars.deallocate()
    times.deallocate()
    text.deallocate()
  }

  /// Writes the values into the memory that ``binds`` points to.
  package func assign(_ values: [MariaDBValue]) {
    let byteCount = values.reduce(0) { $0 + Self.textBytes($1) }
    if byteCount > text.count || text.count > Self.keptTextBytes {
      text.deallocate()
      text = .allocate(byteCount: byteCount, alignment: 8)
    }
    var offset = 0
    for (index, value) in values.enumerated() {
      binds[index] = MYSQL_BIND()
      assign(value, at: index, textOffset: &offset)
    }
  }

  /// Gives back what only a large value needed.
  func shrink() {
    guard text.count > Self.keptTextBytes else { return }
    text.deallocate()
    text = .allocate(byteCount: 0, alignment: 8)
  }

  private func assign(_ value: MariaDBValue, at index: Int, textOffset: inout Int) {
    switch value {
    case .null:
      binds[index].buffer_type = MYSQL_TYPE_NULL
    case .int(let number):
      scalar(UInt64(bitPattern: number), type: MYSQL_TYPE_LONGLONG, at: index)
    case .uint(let number):
      scalar(number, type: MYSQL_TYPE_LONGLONG, at: index)
      binds[index].is_unsigned = 1
    case .float(let number):
      scalar(UInt64(number.bitPattern), type: MYSQL_TYPE_FLOAT, at: index)
    case .double(let number):
      scalar(number.bitPattern, type: MYSQL_TYPE_DOUBLE, at: index)
    case .decimal(let digits):
      copy(digits.utf8, type: MYSQL_TYPE_NEWDECIMAL, at: index, offset: &textOffset)
    case .string(let string):
      copy(string.utf8, type: MYSQL_TYPE_STRING, at: index, offset: &textOffset)
    case .bytes(let bytes):
      copy(bytes, type: MYSQL_TYPE_BLOB, at: index, offset: &textOffset)
    case .date(let date):
      time(MYSQL_TIME(date), type: MYSQL_TYPE_DATE, at: index)
    case .dateTime(let dateTime):
      time(MYSQL_TIME(dateTime), type: MYSQL_TYPE_DATETIME, at: index)
    case .time(let span):
      time(MYSQL_TIME(span), type: MYSQL_TYPE_TIME, at: index)
    }
  }

  private func scalar(_ bits: UInt64, type: enum_field_types, at index: Int) {
    scalars[index] = bits.littleEndian
    binds[index].buffer_type = type
    binds[index].buffer = UnsafeMutableRawPointer(scalars + index)
  }

  private func time(_ value: MYSQL_TIME, type: enum_field_types, at index: Int) {
    times[index] = value
    binds[index].buffer_type = type
    binds[index].buffer = UnsafeMutableRawPointer(times + index)
  }

  private func copy(
    _ bytes: some Collection<UInt8>,
    type: enum_field_types,
    at index: Int,
    offset: inout Int
  ) {
    let target = UnsafeMutableRawBufferPointer(rebasing: text[offset..<(offset + bytes.count)])
    target.copyBytes(from: bytes)
    offset += bytes.count
    binds[index].buffer_type = type
    // An empty slice has no address, and libmariadb takes a null pointer for a missing value.
    binds[index].buffer = target.baseAddress ?? UnsafeMutableRawPointer(scalars + index)
    binds[index].buffer_length = UInt(bytes.count)
  }

  private static func textBytes(_ value: MariaDBValue) -> Int {
    switch value {
    case .decimal(let text), .string(let text): text.utf8.count
    case .bytes(let bytes): bytes.count
    default: 0
    }
  }
}
