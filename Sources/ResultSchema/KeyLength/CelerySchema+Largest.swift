extension CelerySchema {
  /// The most characters that a setting may ask for on any server: what a varchar of one byte each can hold.
  static let longestVarchar = RowSizeRule.serverLimitBytes

  /// The largest length with which all tables fit on the server, everything else being as it is; nil when no length
  /// does.
  ///
  /// - Parameter most: Do not look for more than this; 255 is what the setting `auto` looks for.
  public func largestTaskIDMaxLength(upTo most: Int = .max) -> Int? {
    func fits(_ length: Int) -> Bool {
      var schema = self
      schema.taskIDMaxLength = length
      return schema.fits
    }
    // What fits at one length fits at every smaller one, so the border can be searched by halves.
    guard fits(1) else { return nil }
    var largestThatFits = 1
    var smallestThatDoesNot = min(most, Self.longestVarchar) + 1
    while smallestThatDoesNot - largestThatFits > 1 {
      let middle = (largestThatFits + smallestThatDoesNot) / 2
      if fits(middle) { largestThatFits = middle } else { smallestThatDoesNot = middle }
    }
    return largestThatFits
  }
}
