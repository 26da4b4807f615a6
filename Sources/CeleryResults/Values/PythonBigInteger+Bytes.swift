extension PythonValue {
  /// Makes an integer of bytes in two's complement, the lowest first, as pickle has it.
  init(littleEndian bytes: some BidirectionalCollection<UInt8>) {
    let isNegative = (bytes.last ?? 0) >= 0x80
    if bytes.count <= 8 {
      var bits: UInt64 = isNegative ? .max : 0
      for byte in bytes.reversed() { bits = bits << 8 | UInt64(byte) }
      self = .integer(Int64(bitPattern: bits))
      return
    }
    // The magnitude in limbs of 32 bits, the lowest first.
    var limbs: [UInt32] = []
    var carry: UInt32 = isNegative ? 1 : 0
    var limb: UInt32 = 0
    for (index, byte) in bytes.enumerated() {
      let sum = UInt32(isNegative ? ~byte : byte) + carry
      carry = sum >> 8
      limb |= (sum & 0xFF) << UInt32(index % 4 * 8)
      if index % 4 == 3 {
        limbs.append(limb)
        limb = 0
      }
    }
    limbs.append(limb)
    // A power of two overflows the bytes of its complement.
    if carry != 0 { limbs = Array(repeating: 0, count: bytes.count / 4) + [1 << UInt32(bytes.count % 4 * 8)] }
    let digits = Self.digits(ofMagnitude: limbs)
    self = PythonValue(integerDigits: (isNegative ? "-" : "") + digits) ?? .integer(0)
  }

  private static func digits(ofMagnitude magnitude: [UInt32]) -> String {
    var limbs = magnitude
    var groups: [String] = []
    while let last = limbs.last {
      if last == 0 {
        limbs.removeLast()
        continue
      }
      var remainder: UInt64 = 0
      for index in limbs.indices.reversed() {
        let dividend = remainder << 32 | UInt64(limbs[index])
        limbs[index] = UInt32(dividend / 1_000_000_000)
        remainder = dividend % 1_000_000_000
      }
      let digits = String(remainder)
      groups.append(String(repeating: "0", count: 9 - digits.utf8.count) + digits)
    }
    return groups.isEmpty ? "0" : groups.reversed().joined()
  }
}

extension PythonBigInteger {
  /// The bytes of the integer in two's complement, the lowest first.
  var littleEndianBytes: [UInt8] {
    let isNegative = digits.hasPrefix("-")
    var rest = Array(digits.utf8.drop { $0 == UInt8(ascii: "-") })[...]
    var limbs: [UInt32] = []
    while !rest.isEmpty {
      // The first group is the short one, so that all others have nine digits.
      let size = rest.count % 9 == 0 ? 9 : rest.count % 9
      var carry = rest.prefix(size).reduce(UInt64(0)) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) }
      for index in limbs.indices {
        carry += UInt64(limbs[index]) * 1_000_000_000
        limbs[index] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      if carry != 0 { limbs.append(UInt32(truncatingIfNeeded: carry)) }
      rest = rest.dropFirst(size)
    }
    var bytes = limbs.flatMap { limb in (0..<4).map { UInt8(truncatingIfNeeded: limb >> ($0 * 8)) } }
    // One byte more holds the sign.
    bytes.append(0)
    if isNegative {
      var carry: UInt16 = 1
      for index in bytes.indices {
        carry += UInt16(~bytes[index])
        bytes[index] = UInt8(truncatingIfNeeded: carry)
        carry >>= 8
      }
    }
    let filler: UInt8 = isNegative ? 0xFF : 0
    while bytes.count > 1, bytes[bytes.count - 1] == filler,
      (bytes[bytes.count - 2] >= 0x80) == isNegative
    {
      bytes.removeLast()
    }
    return bytes
  }
}
