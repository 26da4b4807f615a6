import ResultSchema

extension PredictionSituation {
  /// At, one below and one above each limit in bytes and each length above which the rules say something else,
  /// and what people use.
  func lengths(at limits: [Int]) -> [Int] {
    // Without innodb_strict_mode nothing is different but what is said of the row.
    guard facts.isInnoDBStrict else { return [1, 191, 255] }
    var lengths: Set = [1, 50, 191, 255]
    for limit in limits {
      let characters = limit / facts.bytesPerCharacter
      lengths.formUnion([characters - 1, characters, characters + 1])
    }
    let known = lengths.sorted()
    for (low, high) in zip(known, known.dropFirst()) {
      for change in changes(from: low, to: high) {
        lengths.formUnion([change - 2, change - 1, change].filter { $0 > 0 })
      }
    }
    return lengths.sorted()
  }

  /// The lengths above the lower and not above the higher one at which the rules first say something else.
  private func changes(from low: Int, to high: Int) -> [Int] {
    let last = predictions(length: high)
    var changes: [Int] = []
    var low = low
    var first = predictions(length: low)
    while first != last {
      var different = high
      while different - low > 1 {
        let middle = (low + different) / 2
        if predictions(length: middle) == first { low = middle } else { different = middle }
      }
      changes.append(different)
      low = different
      first = predictions(length: low)
    }
    return changes
  }

  private func predictions(length: Int) -> [PredictionOutcome] {
    CeleryTables.all(taskIDMaxLength: length).map { prediction(of: $0, length: length) }
  }
}
