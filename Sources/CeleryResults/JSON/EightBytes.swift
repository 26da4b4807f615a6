/// Eight bytes of text that are looked at together.
struct EightBytes {
  private let word: UInt64

  /// The bytes from `position` on; nil when there are fewer than eight.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int) {
    guard position <= bytes.count &- 8 else { return nil }
    word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: position, as: UInt64.self)
  }

  /// Whether all of them are printable ASCII that stands in a JSON string as it is: no quote and no backslash.
  ///
  /// Each difference or sum has the highest bit of a byte set that does not pass. A borrow or a carry comes only
  /// from a byte that does not pass itself.
  var arePlain: Bool {
    let noControl = word &- 0x2020_2020_2020_2020
    let noDelete = word &+ 0x0101_0101_0101_0101
    let noQuote = (word ^ 0x2222_2222_2222_2222) &- 0x0101_0101_0101_0101
    let noBackslash = (word ^ 0x5C5C_5C5C_5C5C_5C5C) &- 0x0101_0101_0101_0101
    return (word | noControl | noDelete | noQuote | noBackslash) & 0x8080_8080_8080_8080 == 0
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where text from `start` on that is found to be plain, eight bytes at a time, ends.
  func endOfPlainText(from start: Int) -> Int {
    var position = start
    while let next = EightBytes(self, from: position), next.arePlain { position &+= 8 }
    return position
  }
}
