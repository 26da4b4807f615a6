/// Where a page of chords ended.
public struct ChordCursor: Hashable, Sendable {
  /// The number of the chord's row.
  public var rowID: Int64
  /// Whether the row is that of a chord that only Python workers have counted.
  public var isCounterOnly: Bool

  /// Makes a cursor.
  public init(rowID: Int64, isCounterOnly: Bool = false) {
    self.rowID = rowID
    self.isCounterOnly = isCounterOnly
  }
}

extension ChordCursor: LosslessStringConvertible {
  /// Reads a cursor from its text; nil when it is none.
  public init?(_ description: String) {
    let isCounterOnly = description.hasPrefix("c")
    guard let rowID = Int64(description.dropFirst(isCounterOnly ? 1 : 0)), rowID >= 0 else { return nil }
    self.init(rowID: rowID, isCounterOnly: isCounterOnly)
  }

  /// The cursor as a text without blanks.
  public var description: String { (isCounterOnly ? "c" : "") + "\(rowID)" }
}
