// While MariaDB executes a statement for many rows it reserves 1, 2, 4, 8, … AUTO_INCREMENT values, so 2ⁿ - 1 in all, and
// those that the last row leaves are lost.

extension Int {
  /// From so many rows on a statement of one row is executed for all of them; fewer go into a statement of so many rows,
  /// which loses no id.
  static var fewestInReservedIDs: Int { 31 }

  /// How many of so many rows go into one statement, when each gets a new id: at most one id is lost for sixteen rows.
  var sizeInReservedIDs: Int {
    let reserved = (1 << (bitWidth - leadingZeroBitCount)) - 1
    return (reserved - self) * 16 <= self ? self : reserved / 2
  }

  /// The same, where no more than a sixteenth of the rows is left: so many go into a batch, and the rest into the next.
  ///
  /// A few rows are not sent in such a statement.
  var roundedToReservedIDs: Int {
    guard self >= Self.fewestInReservedIDs else { return self }
    let size = sizeInReservedIDs
    return (self - size) * 16 <= self ? size : self
  }
}
