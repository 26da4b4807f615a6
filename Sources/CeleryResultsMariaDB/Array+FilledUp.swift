extension Array {
  /// The values, the last of them repeated until their number is a power of two: lists of many lengths then share few
  /// prepared statements.
  func filledUp() -> [Element] {
    guard let last else { return self }
    return self + repeatElement(last, count: count.roundedUpToPowerOfTwo - count)
  }
}

extension Int {
  /// The smallest power of two that is not less than this positive number.
  var roundedUpToPowerOfTwo: Int { 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
