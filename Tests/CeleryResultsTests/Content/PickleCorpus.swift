import Foundation

/// Pickles that Python made, with what is shown for their values.
struct PickleCorpus {
  struct Entry: Sendable, CustomStringConvertible {
    var proto: Int
    var bytes: [UInt8]
    var shown: String

    var description: String { "protocol \(proto): \(shown.prefix(60))" }
  }

  /// All of `Pickles/pickles.txt`.
  static let entries: [Entry] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Pickles/pickles.txt")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ", maxSplits: 2)
      guard parts.count == 3, let proto = Int(parts[0]) else { return nil }
      return Entry(proto: proto, bytes: bytes(hexadecimal: parts[1]), shown: String(parts[2]))
    }
  }()

  static func bytes(hexadecimal text: some StringProtocol) -> [UInt8] {
    let digits = text.utf8.map { UInt8(Character(Unicode.Scalar($0)).hexDigitValue ?? 0) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}

/// A generator whose numbers depend on its seed only (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
