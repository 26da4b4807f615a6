extension Duration {
  /// A thousand years: as good as for ever, and yet a moment so far away is one that every clock, Redis and
  /// every calendar know.
  static let longest = Duration.seconds(1_000 * 366 * 86_400)
}
