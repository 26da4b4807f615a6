internal import CMariaDB

/// The parameters of a statement in the form that libmariadb reads: an array of `MYSQL_BIND` and the memory that it
/// points to.
///
/// `MYSQL_BIND` keeps pointers, so everything is allocated by hand and freed with this value. A connection has one
/// for all its statements: one of many rows needs much memory, and there are many of them.
package struct ParameterBinding: ~Copyable {
  /// How many parameters there are.
  package private(set) var count = 0
  private var binds: UnsafeMutableBufferPointer<MYSQL_BIND>
  private var memory = ParameterMemory()

  private static let fewest = 32
  /// As many as are kept for the next time, at most.
  private static let kept = 8_192

  package init() {
    binds = .allocate(capacity: Self.fewest)
  }

  deinit {
    binds.deallocate()
  }

  /// What libmariadb is given.
  var first: UnsafeMutablePointer<MYSQL_BIND>? { binds.baseAddress }

  /// Forgets the parameters, and gives back what only many or large ones needed.
  package mutating func removeAll() {
    count = 0
    memory.reset()
    if binds.count > Self.kept {
      binds.deallocate()
      binds = .allocate(capacity: Self.fewest)
    }
  }

  /// Puts the parameters of one row where libmariadb reads them.
  ///
  /// - Returns: False when they are not of the types that the statement was bound with.
  func write(to places: UnsafeMutablePointer<MYSQL_BIND>) -> Bool {
    for index in 0..<count {
      guard places[index].buffer_type == binds[index].buffer_type else { return false }
      // All else is as the first row had it; its `length` points to the `buffer_length` of the same place.
      places[index].buffer = binds[index].buffer
      places[index].buffer_length = binds[index].buffer_length
      places[index].u.indicator = binds[index].u.indicator
    }
    return true
  }

  /// Adds a value.
  package mutating func append(_ value: MariaDBValue) {
    switch value {
    case .null: appendNull()
    case .int(let number): append(number)
    case .uint(let number):
      append(bits: number, type: MYSQL_TYPE_LONGLONG, isUnsigned: true)
    case .float(let number): append(bits: UInt64(number.bitPattern), type: MYSQL_TYPE_FLOAT)
    case .double(let number): append(bits: number.bitPattern, type: MYSQL_TYPE_DOUBLE)
    case .decimal(let digits): append(utf8: digits, type: MYSQL_TYPE_NEWDECIMAL)
    case .string(let text): append(text)
    case .bytes(let bytes): bytes.withUnsafeBytes { append(bytes: $0, type: MYSQL_TYPE_BLOB) }
    case .date(let date): append(time: MYSQL_TIME(date), type: MYSQL_TYPE_DATE)
    case .dateTime(let dateTime): append(dateTime)
    case .time(let span): append(time: MYSQL_TIME(span), type: MYSQL_TYPE_TIME)
    }
  }

  /// Adds `NULL`.
  package mutating func appendNull() {
    append(MYSQL_TYPE_NULL, buffer: nil, byteCount: 0)
  }

  /// Adds `NULL` in the place of values of a type, which the rows of one execution must have in common.
  package mutating func appendNull(of type: ParameterType) {
    append(type.fieldType, buffer: nil, byteCount: 0)
    binds[count - 1].is_null = CMariaDB_null_indicator()
    binds[count - 1].u.indicator = CMariaDB_null_indicator()
  }

  /// Adds an integer.
  package mutating func append(_ number: Int64) {
    append(bits: UInt64(bitPattern: number), type: MYSQL_TYPE_LONGLONG)
  }

  /// Adds text.
  package mutating func append(_ text: String) {
    append(utf8: text, type: MYSQL_TYPE_STRING)
  }

  /// Adds a date and time.
  package mutating func append(_ dateTime: MariaDBDateTime) {
    append(time: MYSQL_TIME(dateTime), type: MYSQL_TYPE_DATETIME)
  }

  private mutating func append(bits: UInt64, type: enum_field_types, isUnsigned: Bool = false) {
    let buffer = memory.allocate(byteCount: MemoryLayout<UInt64>.size)
    buffer.storeBytes(of: bits.littleEndian, as: UInt64.self)
    append(type, buffer: buffer, byteCount: 0)
    if isUnsigned { binds[count - 1].is_unsigned = 1 }
  }

  private mutating func append(time: MYSQL_TIME, type: enum_field_types) {
    let buffer = memory.allocate(byteCount: MemoryLayout<MYSQL_TIME>.size)
    buffer.storeBytes(of: time, as: MYSQL_TIME.self)
    append(type, buffer: buffer, byteCount: 0)
  }

  private mutating func append(utf8 text: String, type: enum_field_types) {
    // Most texts are UTF-8 already, and are read where they are.
    let isAdded: Void? = text.utf8.withContiguousStorageIfAvailable {
      append(bytes: UnsafeRawBufferPointer($0), type: type)
    }
    guard isAdded == nil else { return }
    var copy = text
    copy.withUTF8 { append(bytes: UnsafeRawBufferPointer($0), type: type) }
  }

  private mutating func append(bytes: UnsafeRawBufferPointer, type: enum_field_types) {
    // One byte at least: libmariadb takes a null pointer for a missing value.
    let buffer = memory.allocate(byteCount: max(bytes.count, 1))
    if let source = bytes.baseAddress { buffer.copyMemory(from: source, byteCount: bytes.count) }
    append(type, buffer: buffer, byteCount: bytes.count)
  }

  private mutating func append(_ type: enum_field_types, buffer: UnsafeMutableRawPointer?, byteCount: Int) {
    if count == binds.count { grow() }
    var bind = MYSQL_BIND()
    bind.buffer_type = type
    bind.buffer = buffer
    bind.buffer_length = UInt(byteCount)
    binds.initializeElement(at: count, to: bind)
    count += 1
  }

  private mutating func grow() {
    let larger = UnsafeMutableBufferPointer<MYSQL_BIND>.allocate(capacity: binds.count * 2)
    _ = larger.moveInitialize(fromContentsOf: binds[..<count])
    binds.deallocate()
    binds = larger
  }
}
