extension ArraySlice {
  /// The values in pieces of few different sizes, 2ⁿ, 3·2ⁿ and 2ⁿ - 1: statements of many lengths would each have to be
  /// prepared.
  func inCommonSizes() -> [ArraySlice<Element>] {
    var pieces: [ArraySlice<Element>] = []
    var rest = self
    while !rest.isEmpty {
      let power = 1 << (Int.bitWidth - 1 - rest.count.leadingZeroBitCount)
      let size =
        if rest.count == 2 * power - 1 {
          rest.count
        } else {
          rest.count >= power + power / 2 ? power + power / 2 : power
        }
      pieces.append(rest.prefix(size))
      rest = rest.dropFirst(size)
    }
    return pieces
  }
}
