#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults

/// What the server is asked for those who wait: one statement.
enum WaitingQuestion: Sendable, Hashable {
  /// What is stored about those of some tasks that are ready.
  case results([TaskID])
  /// Which tasks have a row that was stored lately.
  case changes(RecentChanges)
}

/// The rows whose `date_done` is near to now, those stored last first.
struct RecentChanges: Sendable, Hashable {
  /// When it is asked, on the clock of this process.
  let date: Date
  /// How far from now the dates are at most, before or after.
  let clockTolerance: Duration
  /// How many rows are read at most.
  let limit: Int

  /// The dates that are asked for.
  var dates: Range<Date> {
    let seconds = clockTolerance / .seconds(1)
    return date.addingTimeInterval(-seconds)..<date.addingTimeInterval(seconds)
  }
}

/// What the server answers.
enum WaitingAnswer: Sendable {
  /// What is stored about tasks that are ready.
  case results([TaskResult])
  /// Tasks that are ready and were stored lately; the earliest date among the rows where there were more than the
  /// question reads.
  case changes([TaskID], earliest: Date?)
  /// The table has no index by which the changes could be found.
  case changesCannotBeFound
}
