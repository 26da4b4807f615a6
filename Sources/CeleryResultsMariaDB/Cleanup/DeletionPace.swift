import CeleryResults

/// Decides how many rows a cleanup looks at in its next transaction, and how long it pauses before.
///
/// While others write, a transaction is kept about as short as a time slice of the system's scheduler, and the pause
/// after it is long enough for InnoDB's purge of what was deleted: so one of two processors is usually free. The pause
/// becomes longer once that purge does not follow, or rows take much longer to delete than they did, which says that
/// the server is busy. While nobody writes there is no pause.
///
/// Times are durations since the cleanup began.
struct DeletionPace: Sendable {
  /// What a transaction has done.
  struct Transaction: Sendable, Hashable {
    /// How many rows were looked at.
    var examined: Int
    /// How many were deleted: of them, and of others between them.
    var deleted: Int
    /// How long it took to find and to delete them.
    var duration: Duration
    /// How long it took to delete them.
    var deletion: Duration
  }

  /// How long a transaction may take while others write.
  static let targetDuration = Duration.milliseconds(3)
  /// How many rows it looks at then: where a commit alone takes that long, fewer would make it no shorter.
  static let rowsBesideWrites = 100...1_000
  /// How many rows a transaction looks at where it need not be short.
  static let rowsWithoutWrites = 5_000
  /// How many times as long as a transaction the pause after it is.
  static let pauseRatios = 2.0...8.0
  /// How many times as long as at best a row takes to delete where the server is busy.
  static let slowness = 4
  static let longestPause = Duration.seconds(1)
  /// How often the server is asked what it has to do.
  static let loadInterval = Duration.milliseconds(250)
  /// After how long without a write nobody is taken to write.
  static let quietTime = Duration.seconds(2)
  /// How many more transactions than at best may wait for InnoDB's purge.
  static let historyListGrowth = 2_000

  /// How many rows the next transaction looks at.
  private(set) var rows: Int
  private let pace: CleanupPace
  private var pauseRatio = pauseRatios.lowerBound
  /// The least that a row has taken, rising slowly: the server may not be again what it was.
  private var leastPerRow: Duration?
  private var load: ServerLoad?
  private var loadTime: Duration?
  private var shortestHistoryList: Int?
  private var lastWrite = Duration.zero

  init(_ pace: CleanupPace) {
    self.pace = pace
    rows = pace == .unpaced ? Self.rowsWithoutWrites : 100
  }

  /// Whether it is time to ask the server what it has to do.
  func needsLoad(at now: Duration) -> Bool {
    guard pace == .followsWrites else { return false }
    return loadTime.map { now - $0 >= Self.loadInterval } ?? true
  }

  /// Takes in what the server has to do.
  ///
  /// - Parameters:
  ///   - load: Nil when the server did not say: then somebody is taken to write.
  ///   - now: When it was asked.
  mutating func note(_ load: ServerLoad?, at now: Duration) {
    if load == nil || load?.writes != self.load?.writes { lastWrite = now }
    if let length = load?.historyListLength {
      shortestHistoryList = min(length, shortestHistoryList ?? length)
    }
    self.load = load
    loadTime = now
  }

  /// Takes in what a transaction has done.
  ///
  /// - Returns: How long to pause before the next one.
  mutating func pause(after transaction: Transaction) -> Duration {
    guard pace == .followsWrites else { return .zero }
    guard isBesideWrites else {
      rows = min(rows * 2, Self.rowsWithoutWrites)
      return .zero
    }
    adaptPauseRatio(to: transaction)
    adaptRows(to: transaction)
    return min(transaction.duration * pauseRatio, Self.longestPause)
  }

  private var isBesideWrites: Bool { (loadTime ?? .zero) - lastWrite < Self.quietTime }

  private var isPurgeBehind: Bool {
    guard let length = load?.historyListLength, let shortestHistoryList else { return false }
    return length - shortestHistoryList > Self.historyListGrowth
  }

  private mutating func adaptPauseRatio(to transaction: Transaction) {
    var isSlow = isPurgeBehind
    // A few rows say nothing: what a statement and a commit take is then most of it.
    if transaction.deleted * 2 >= rows {
      let perRow = transaction.deletion / transaction.deleted
      let least = min(perRow, leastPerRow.map { $0 * 1.002 } ?? perRow)
      leastPerRow = least
      isSlow = isSlow || perRow > least * Self.slowness
    }
    let ratio = pauseRatio * (isSlow ? 1.25 : 0.95)
    pauseRatio = min(max(ratio, Self.pauseRatios.lowerBound), Self.pauseRatios.upperBound)
  }

  private mutating func adaptRows(to transaction: Transaction) {
    guard transaction.examined == rows, transaction.duration > .zero else { return }
    let factor = min(max(Self.targetDuration / transaction.duration, 0.5), 1.5)
    let range = Self.rowsBesideWrites
    rows = min(max(Int(Double(rows) * factor), range.lowerBound), range.upperBound)
  }
}
