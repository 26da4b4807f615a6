#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Which results to list.
public struct TaskResultQuery: Hashable, Sendable {
  /// Only results in one of these states; empty for any state.
  public var states: Set<TaskState>
  /// Only results of tasks of this name.
  public var taskName: String?
  /// Only results from this worker.
  public var worker: String?
  /// Only results stored at this time or later.
  public var doneSince: Date?
  /// Only results stored before this time.
  public var doneUntil: Date?
  /// How many results a page has at most; at least 1.
  public var limit: Int
  /// Where the page starts, as the page before it says; nil for the first page.
  public var after: TaskResultCursor?

  /// Makes a query.
  public init(
    states: Set<TaskState> = [],
    taskName: String? = nil,
    worker: String? = nil,
    doneSince: Date? = nil,
    doneUntil: Date? = nil,
    limit: Int = 20,
    after: TaskResultCursor? = nil
  ) {
    self.states = states
    self.taskName = taskName
    self.worker = worker
    self.doneSince = doneSince
    self.doneUntil = doneUntil
    self.limit = max(1, limit)
    self.after = after
  }
}
