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
    var bits: UInt64 = 0
    var left = 0
    var state = self
    let text = String(unsafeUninitializedCapacity: 36) { buffer in
      for place in 0..<36 {
        if place == 8 || place == 13 || place == 18 || place == 23 {
          buffer[place] = UInt8(ascii: "-")
          continue
        }
        if left == 0 {
          bits = state.number()
          left = 16
        }
        let digit = UInt8(truncatingIfNeeded: bits & 15)
        buffer[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        bits >>= 4
        left -= 1
      }
      return 36
    }
    self = state
    return TaskID(text)
  }

  /// Reads ids from a file, one a line.
  static func read(_ path: String) throws -> [TaskID] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { TaskID(String($0)) }
  }
}
