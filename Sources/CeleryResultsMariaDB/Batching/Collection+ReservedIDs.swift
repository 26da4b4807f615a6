extension Collection {
  /// How many of the values go into one statement that MariaDB executes for many rows, when each gets a new id.
  ///
  /// Meanwhile it reserves 1, 2, 4, 8, … AUTO_INCREMENT values, so 2ⁿ - 1 in all, and those that the last row leaves are
  /// lost: here one for sixteen rows at most.
  var sizeInReservedIDs: Int {
    let reserved = (1 << (Int.bitWidth - count.leadingZeroBitCount)) - 1
    return (reserved - count) * 16 <= count ? count : reserved / 2
  }
}
