/// How often is asked for those who wait, and how much at a time.
///
/// While nothing comes the questions are at most one in ``interval``, and one in five of them for the full check.
struct WaitingPace: Sendable {
  /// The pause between two questions.
  var interval: Duration
  /// How many tasks are asked for by their ids at each interval; when more are waited for, the question is what
  /// changed lately.
  var idsPerPoll = 128
  /// How many ids one question names at most.
  var idsPerQuestion = 1_024
  /// How long a full check of all ids takes at least, in which what the question for changes missed is found.
  var fullCheckInterval: Duration = .seconds(2)
  /// The same while changes are pushed, and no other question is asked.
  var fullCheckIntervalWhilePushed: Duration = .seconds(10)
  /// How far a writer's clock may differ so that the question for changes sees what it stores.
  var clockTolerance: Duration = .seconds(2)
  /// How long after its `date_done` a row is committed at most, where nothing is wrong.
  var commitDelay: Duration = .milliseconds(200)
  /// How many changed rows one question reads at most, those stored last first.
  var changesPerQuestion = 2_048

  /// Makes a pace.
  ///
  /// - Parameter interval: The pause between two questions, at least a millisecond.
  init(interval: Duration = .milliseconds(50)) {
    self.interval = max(interval, .milliseconds(1))
  }

  /// The pause after a question that took so long: on a slow server the questions take half of the time.
  func pause(afterQuestionOf duration: Duration) -> Duration { max(interval, duration) }

  /// The pause between two pieces of a full check.
  ///
  /// - Parameters:
  ///   - ids: How many ids are checked.
  ///   - isPushed: Whether changes are pushed.
  func pieceInterval(ids: Int, isPushed: Bool) -> Duration {
    let pieces = max((ids + idsPerQuestion - 1) / idsPerQuestion, 1)
    return max(interval * 5, (isPushed ? fullCheckIntervalWhilePushed : fullCheckInterval) / pieces)
  }
}
