#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults

/// Random ids in the form of Celery's, made at next to no cost.
struct TaskIDs {
  private var state = UInt64.random(in: .min ... .max)

  mutating func number() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }

  mutating func next() -> TaskID {
    let bits = (number(), number())
    let text = String(unsafeUninitializedCapacity: Self.length) { buffer in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      // Each group of digits is cut off by the hyphen, or the group, that follows.
      for (place, digits) in [
        (0, bits.0), (9, bits.0 >> 32), (14, bits.0 >> 48), (19, bits.1), (24, bits.1 >> 16),
      ] {
        bytes.storeBytes(of: Self.digits(digits), toByteOffset: place, as: UInt64.self)
      }
      bytes.storeBytes(
        of: UInt32(truncatingIfNeeded: Self.digits(bits.1 >> 48)),
        toByteOffset: 32,
        as: UInt32.self
      )
      for place in [8, 13, 18, 23] { buffer[place] = UInt8(ascii: "-") }
      return Self.length
    }
    return TaskID(text)
  }

  private static let length = 36

  /// Eight digits, each in a byte, of 32 bits.
  private static func digits(_ bits: UInt64) -> UInt64 {
    var digits = bits & 0xffff_ffff
    digits = (digits | digits << 16) & 0x0000_ffff_0000_ffff
    digits = (digits | digits << 8) & 0x00ff_00ff_00ff_00ff
    digits = (digits | digits << 4) & 0x0f0f_0f0f_0f0f_0f0f
    // Those above 9 are letters.
    let letters = (digits &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return digits &+ 0x3030_3030_3030_3030 &+ letters &* 39
  }

  /// Reads ids from a file, one a line.
  static func read(_ path: String) throws -> [TaskID] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { TaskID(String($0)) }
  }
}
