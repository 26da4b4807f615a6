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
    let halves = (number(), number())
    let text = String(unsafeUninitializedCapacity: Self.length) { buffer in
      var place = 0
      for bits in [halves.0, halves.1] {
        for shift in stride(from: UInt64(60), through: 0, by: -4) {
          if Self.hyphens & 1 << place != 0 {
            buffer[place] = UInt8(ascii: "-")
            place += 1
          }
          buffer[place] = Self.digits.utf8Start[Int(bits >> shift & 15)]
          place += 1
        }
      }
      return Self.length
    }
    return TaskID(text)
  }

  private static let length = 36
  private static let digits: StaticString = "0123456789abcdef"
  /// The places of hyphens, as bits.
  private static let hyphens = 1 << 8 | 1 << 13 | 1 << 18 | 1 << 23

  /// Reads ids from a file, one a line.
  static func read(_ path: String) throws -> [TaskID] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { TaskID(String($0)) }
  }
}
