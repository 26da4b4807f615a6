#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes values as a pickle of protocol 4.
struct PickleWriter {
  private(set) var bytes: [UInt8] = []
  private let limits: ContentLimits
  private var depth = 0

  init(limits: ContentLimits) {
    self.limits = limits
  }

  mutating func writeWhole(_ value: PythonValue) throws(ContentError) {
    write(.proto)
    bytes.append(4)
    try write(value)
    write(.stop)
  }

  mutating func write(_ opcode: PickleOpcode) {
    bytes.append(opcode.rawValue)
  }

  mutating func write(_ value: PythonValue) throws(ContentError) {
    guard depth < limits.nesting else {
      throw .writingTooDeep(in: Pickle.format, limit: limits.nesting)
    }
    depth += 1
    defer { depth -= 1 }
    switch value {
    case .null: write(.none)
    case .bool(let value): write(value ? .newTrue : .newFalse)
    case .integer(let value): write(value)
    case .bigInteger(let value): try write(value)
    case .double(let value):
      write(.binFloat)
      bytes.append(contentsOf: value.bitPattern.bigEndianBytes)
    case .string(let value): write(value.surrogatePassBytes, .shortBinUnicode, .binUnicode, .binUnicode8)
    case .bytes(let value): write(value, .shortBinBytes, .binBytes, .binBytes8)
    case .array(let elements):
      write(.emptyList)
      try write(elements, then: .appends)
    case .tuple(let elements):
      if elements.isEmpty { write(.emptyTuple) } else { try write(elements, then: .tuple) }
    case .set(let value):
      if !value.isFrozen { write(.emptySet) }
      try write(value.elements, then: value.isFrozen ? .frozenSet : .addItems)
    case .object(let members):
      write(.emptyDict)
      try write(members.flatMap { [.string($0.key), $0.value] }, then: .setItems)
    case .dictionary(let members):
      write(.emptyDict)
      try write(members.flatMap { [$0.key, $0.value] }, then: .setItems)
    case .datetime, .date, .time, .timedelta, .decimal, .uuid, .exception, .opaque: try writeCall(value)
    }
  }

  private mutating func write(_ elements: [PythonValue], then opcode: PickleOpcode) throws(ContentError) {
    write(.mark)
    for element in elements { try write(element) }
    write(opcode)
  }

  private mutating func write(_ integer: Int64) {
    if let small = Int32(exactly: integer) {
      write(.binInt)
      bytes.append(contentsOf: UInt32(bitPattern: small).littleEndianBytes)
    } else {
      write(.long1)
      bytes.append(8)
      bytes.append(contentsOf: UInt64(bitPattern: integer).littleEndianBytes)
    }
  }

  private mutating func write(_ integer: PythonBigInteger) throws(ContentError) {
    guard integer.digits.utf8.count <= limits.integerDigits + 1 else {
      throw ContentError(
        .tooLarge,
        in: Pickle.format,
        detail: "an integer has more than \(limits.integerDigits) digits"
      )
    }
    let magnitude = integer.littleEndianBytes
    write(.long4)
    bytes.append(contentsOf: UInt32(magnitude.count).littleEndianBytes)
    bytes.append(contentsOf: magnitude)
  }

  /// Writes text or bytes after an instruction that fits their length.
  private mutating func write(
    _ data: [UInt8],
    _ short: PickleOpcode,
    _ normal: PickleOpcode,
    _ long: PickleOpcode
  ) {
    if let count = UInt8(exactly: data.count) {
      write(short)
      bytes.append(count)
    } else if let count = UInt32(exactly: data.count) {
      write(normal)
      bytes.append(contentsOf: count.littleEndianBytes)
    } else {
      write(long)
      bytes.append(contentsOf: UInt64(data.count).littleEndianBytes)
    }
    bytes.append(contentsOf: data)
  }

  /// Writes a call of a class or function of a module.
  mutating func write(
    call name: String,
    of module: String,
    _ arguments: [PythonValue],
    zone: Int64? = nil
  ) throws(ContentError) {
    try write(.string(module))
    try write(.string(name))
    write(.stackGlobal)
    write(.mark)
    for argument in arguments { try write(argument) }
    if let zone, let delta = PythonTimedelta(microseconds: Int(zone)) {
      try write(call: "timezone", of: "datetime", [.timedelta(delta)])
    }
    write(.tuple)
    write(.reduce)
  }
}

extension FixedWidthInteger {
  /// The bytes of the number, the lowest first.
  var littleEndianBytes: [UInt8] {
    (0..<(Self.bitWidth / 8)).map { UInt8(truncatingIfNeeded: self >> Self($0 * 8)) }
  }

  /// The bytes of the number, the highest first.
  var bigEndianBytes: [UInt8] { littleEndianBytes.reversed() }
}
