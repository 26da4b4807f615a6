#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults

/// When the next questions are due.
struct WaitingSchedule {
  typealias Instant = ContinuousClock.Instant

  /// Why something is asked.
  enum Occasion {
    /// Tasks are new, or have changed.
    case change
    /// The interval is over.
    case poll
    /// A piece of the full check is due.
    case fullCheck
  }

  /// Why the last question was asked.
  var occasion = Occasion.change
  /// When all ids, or the changes, are asked for again; nil while nobody waits.
  var nextPoll: Instant?
  /// When the next piece of the full check is due; nil while nobody waits.
  var nextPiece: Instant?
  /// What the full check has still to ask for.
  var unchecked: ArraySlice<TaskID> = []
  /// The pause between the pieces of this full check.
  var pieceInterval: Duration = .zero
  /// When changes were asked for before.
  var lastChanges: Date?
  /// How many full checks are hurried, because changes may have been missed.
  var hurriedChecks = 0
  /// Whether the table has no index for the question for changes.
  var changesCannotBeFound = false
  /// Whether changes are pushed.
  var isPushed = false

  /// Somebody begins to wait.
  mutating func begin(_ pace: WaitingPace, at now: Instant) {
    nextPoll = now.advanced(by: pace.interval)
    nextPiece = now.advanced(by: isPushed ? pace.fullCheckIntervalWhilePushed : pace.fullCheckInterval)
  }

  /// Nobody waits any more.
  mutating func end() {
    let isPushed = isPushed
    self = WaitingSchedule()
    self.isPushed = isPushed
  }
}
