import CeleryResults

/// What the text of a store depends on.
struct StoreKind: Hashable {
  /// Whether the results are of requests: others know no children.
  var hasRequest: Bool
  /// Whether any of them has something in the columns of `StoredColumn.details`.
  var hasDetails = true
  /// Whether they may be stored already: the connection was lost before the server had answered.
  var isUncertain = false

  /// Their order in a batch: one number for each.
  var order: Int { (hasRequest ? 4 : 0) + (hasDetails ? 2 : 0) + (isUncertain ? 1 : 0) }

  static let all = [false, true].flatMap { hasRequest in
    [false, true].flatMap { hasDetails in
      [false, true].map { StoreKind(hasRequest: hasRequest, hasDetails: hasDetails, isUncertain: $0) }
    }
  }
}

extension StoreKind {
  /// The kind of one result.
  init(of result: EncodedTaskResult) {
    let hasDetails =
      result.traceback != nil || result.name != nil || result.args != nil || result.kwargs != nil
      || result.worker != nil || result.periodicTaskName != nil || result.dateStarted != nil
    self.init(hasRequest: result.hasRequest, hasDetails: hasDetails)
  }
}
