extension Array {
  /// The values, the last of them repeated until their number is a power of two: lists of many lengths then share few
  /// prepared statements.
  func filledUp() -> [Element] {
    guard let last else { return self }
    let places = 1 << (UInt.bitWidth - UInt(count - 1).leadingZeroBitCount)
    return self + repeatElement(last, count: places - count)
  }
}
