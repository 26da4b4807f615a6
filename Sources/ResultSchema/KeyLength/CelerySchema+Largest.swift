extension CelerySchema {
  /// The most characters that a setting may ask for on any server: what a varchar of one byte each can hold.
  static let longestVarchar = RowSizeRule.serverLimitBytes

  /// The largest length with which all three tables fit on a server; nil when no length does.
  ///
  /// - Parameters:
  ///   - facts: what the server says of itself.
  ///   - engine: the engine that the statements name, nil if they name none.
  ///   - rowFormat: the row format that the statements name, nil if they name none.
  ///   - most: do not look for more than this; 255 is what the setting `auto` looks for.
  public static func largestTaskIDMaxLength(
    facts: ServerFacts,
    engine: StorageEngine? = nil,
    rowFormat: RowFormat? = nil,
    upTo most: Int = .max
  ) -> Int? {
    func fits(_ length: Int) -> Bool {
      CelerySchema(facts: facts, taskIDMaxLength: length, engine: engine, rowFormat: rowFormat).fits
    }
    // What fits at one length fits at every smaller one, so the border can be searched by halves.
    guard fits(1) else { return nil }
    var largestThatFits = 1
    var smallestThatDoesNot = min(most, longestVarchar) + 1
    while smallestThatDoesNot - largestThatFits > 1 {
      let middle = (largestThatFits + smallestThatDoesNot) / 2
      if fits(middle) { largestThatFits = middle } else { smallestThatDoesNot = middle }
    }
    return largestThatFits
  }
}
