/// What the update of a store depends on.
struct StoreKind: Hashable {
  /// Whether the results are of requests: others know no children.
  var hasRequest: Bool
  /// Whether they may be stored already: the connection was lost before the server had answered.
  var isUncertain = false

  static let all = [false, true].flatMap { hasRequest in
    [false, true].map { StoreKind(hasRequest: hasRequest, isUncertain: $0) }
  }
}
