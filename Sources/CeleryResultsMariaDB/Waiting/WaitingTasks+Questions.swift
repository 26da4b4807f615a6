#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults

extension WaitingTasks {
  /// What is to be asked now; nil when it is nothing.
  ///
  /// One question is asked at a time.
  ///
  /// - Parameters:
  ///   - now: The moment.
  ///   - date: The same moment as a date.
  mutating func nextQuestion(at now: Instant, date: Date) -> WaitingQuestion? {
    if let ids = takeToLookAt() {
      schedule.occasion = .change
      return .results(ids)
    }
    guard !isEmpty else { return nil }
    if polls, let next = schedule.nextPoll, next <= now {
      schedule.occasion = .poll
      guard entries.count > pace.idsPerPoll else { return .results(Array(entries.keys)) }
      return .changes(
        RecentChanges(date: date, clockTolerance: pace.clockTolerance, limit: pace.changesPerQuestion)
      )
    }
    if checks, let next = schedule.nextPiece, next <= now {
      schedule.occasion = .fullCheck
      return .results(takePiece())
    }
    return nil
  }

  /// Whether there is something to ask now.
  func isQuestionDue(at now: Instant) -> Bool {
    !toLookAt.isEmpty || nextQuestionTime.map { $0 <= now } ?? false
  }

  /// When the next question is due, if nothing happens before; nil when none is.
  var nextQuestionTime: Instant? {
    [polls ? schedule.nextPoll : nil, checks ? schedule.nextPiece : nil].compactMap { $0 }.min()
  }

  /// The question was answered.
  ///
  /// - Parameters:
  ///   - question: The question.
  ///   - answer: The answer.
  ///   - now: When it came.
  ///   - duration: How long it took.
  /// - Returns: Whom to tell.
  mutating func answered(
    _ question: WaitingQuestion,
    with answer: WaitingAnswer,
    at now: Instant,
    after duration: Duration
  ) -> [Delivery] {
    let pause = pace.pause(afterQuestionOf: duration)
    switch schedule.occasion {
    case .change: break
    case .poll: schedule.nextPoll = now.advanced(by: pause)
    case .fullCheck:
      schedule.nextPiece = now.advanced(by: isHurried ? pause : max(pause, schedule.pieceInterval))
    }
    switch answer {
    case .results(let results):
      return take(results)
    case .changes(let ids, let earliest):
      wake(ids)
      if case .changes(let changes) = question { note(changes, earliest: earliest, at: now) }
    case .changesCannotBeFound:
      schedule.changesCannotBeFound = true
      schedule.nextPiece = now
    }
    return []
  }

  /// The question was given up before it was answered.
  mutating func gaveUp(_ question: WaitingQuestion) {
    if case .results(let ids) = question { wake(ids) }
  }

  /// Changes are pushed from now on, or no longer.
  ///
  /// In both cases all are looked at once, for what came in between.
  mutating func setPushed(_ isPushed: Bool, at now: Instant) {
    guard isPushed != schedule.isPushed else { return }
    schedule.isPushed = isPushed
    guard !isEmpty else { return }
    schedule.unchecked = []
    schedule.begin(pace, at: now)
    wake(Array(entries.keys))
  }

  /// Whether all ids, or the changes, are asked for at each interval.
  private var polls: Bool {
    !schedule.isPushed && (entries.count <= pace.idsPerPoll || !schedule.changesCannotBeFound)
  }

  /// Whether all ids are checked more slowly.
  private var checks: Bool { schedule.isPushed || entries.count > pace.idsPerPoll }

  private var isHurried: Bool { schedule.hurriedChecks > 0 || schedule.changesCannotBeFound }

  /// Where the question read as many rows as it may, and these do not reach back to the question before, changes may
  /// have been missed: then the full check is hurried.
  private mutating func note(_ changes: RecentChanges, earliest: Date?, at now: Instant) {
    if let earliest {
      let needed = schedule.lastChanges?.addingTimeInterval(-(pace.commitDelay / .seconds(1)))
      if needed.map({ earliest > $0 }) ?? true {
        // What is left of this one, and a whole one.
        schedule.hurriedChecks = 2
        schedule.nextPiece = now
      }
    }
    schedule.lastChanges = changes.date
  }

  private mutating func takeToLookAt() -> [TaskID]? {
    var ids: [TaskID] = []
    var taken = 0
    for id in toLookAt {
      if ids.count == pace.idsPerQuestion { break }
      taken += 1
      // It may be waited for no longer, or be named twice after that.
      guard entries[id]?.isToLookAt == true else { continue }
      entries[id]?.isToLookAt = false
      ids.append(id)
    }
    toLookAt.removeFirst(taken)
    return ids.isEmpty ? nil : ids
  }

  /// The next piece of the full check, and of a new one when this is over.
  private mutating func takePiece() -> [TaskID] {
    var ids: [TaskID] = []
    while ids.isEmpty, !entries.isEmpty {
      if schedule.unchecked.isEmpty {
        schedule.unchecked = Array(entries.keys)[...]
        schedule.pieceInterval = pace.pieceInterval(ids: entries.count, isPushed: schedule.isPushed)
      }
      while ids.count < pace.idsPerQuestion, let id = schedule.unchecked.popFirst() {
        if entries[id] != nil { ids.append(id) }
      }
      if schedule.unchecked.isEmpty { schedule.hurriedChecks = max(schedule.hurriedChecks - 1, 0) }
    }
    return ids
  }
}
