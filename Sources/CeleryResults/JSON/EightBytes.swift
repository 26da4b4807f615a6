/// Eight bytes of text that are looked at together.
struct EightBytes {
  private let word: UInt64

  /// The bytes from `position` on, of which there must be eight.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int) {
    word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: position, as: UInt64.self)
  }

  /// The first four bytes and the last four, of which some may be the same.
  init(endsOf bytes: UnsafeBufferPointer<UInt8>) {
    let bytes = UnsafeRawBufferPointer(bytes)
    let first = bytes.loadUnaligned(as: UInt32.self)
    let last = bytes.loadUnaligned(fromByteOffset: bytes.count &- 4, as: UInt32.self)
    word = UInt64(first) << 32 | UInt64(last)
  }

  /// Whether all of them are printable ASCII that stands in a JSON string as it is: no quote and no backslash.
  var arePlain: Bool { Self.highBits(differences) == 0 }

  /// Whether these and others are.
  func arePlain(with second: Self, _ third: Self, _ fourth: Self) -> Bool {
    Self.highBits(differences | second.differences | third.differences | fourth.differences) == 0
  }

  /// The highest bit of a byte is set where the byte does not pass.
  ///
  /// A borrow or a carry comes only from a byte that does not pass itself.
  private var differences: UInt64 {
    let noControl = word &- 0x2020_2020_2020_2020
    let noDelete = word &+ 0x0101_0101_0101_0101
    let noQuote = (word ^ 0x2222_2222_2222_2222) &- 0x0101_0101_0101_0101
    let noBackslash = (word ^ 0x5C5C_5C5C_5C5C_5C5C) &- 0x0101_0101_0101_0101
    return word | noControl | noDelete | noQuote | noBackslash
  }

  private static func highBits(_ word: UInt64) -> UInt64 { word & 0x8080_8080_8080_8080 }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where text from `start` on that is found to be plain, several bytes at a time, ends.
  func endOfPlainText(from start: Int) -> Int {
    var position = start
    while position <= count &- 32, areNext32Plain(from: position) { position &+= 32 }
    while position <= count &- 8 {
      guard EightBytes(self, from: position).arePlain else { return position }
      position &+= 8
    }
    // The last ones are looked at together with some before them.
    if position == count { return count }
    if count >= 8 { return EightBytes(self, from: count &- 8).arePlain ? count : position }
    if count >= 4 { return EightBytes(endsOf: self).arePlain ? count : position }
    return position
  }

  private func areNext32Plain(from position: Int) -> Bool {
    EightBytes(self, from: position).arePlain(
      with: EightBytes(self, from: position &+ 8),
      EightBytes(self, from: position &+ 16),
      EightBytes(self, from: position &+ 24)
    )
  }
}
