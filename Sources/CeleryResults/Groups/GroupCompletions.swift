import OrderedCollections

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The results of a group's tasks as they become ready.
///
/// All tasks are waited for together; those that are found together come in the order in which they were stored.
public struct GroupCompletions: AsyncSequence, Sendable {
  /// What is stored about a task that is ready.
  public typealias Element = TaskResult

  let groupID: TaskID
  let taskIDs: [TaskID]
  let backend: any ResultBackend
  let timeout: Duration?

  /// Begins to wait.
  public func makeAsyncIterator() -> Iterator {
    Iterator(self)
  }

  /// Waits for one task after the other.
  public struct Iterator: AsyncIteratorProtocol {
    private let sequence: GroupCompletions
    private let deadline: ContinuousClock.Instant?
    private let ids: OrderedSet<TaskID>
    private var readyCount = 0
    private var results: AsyncThrowingStream<[TaskResult], any Error>.Iterator?
    // The next one is the last.
    private var found: [TaskResult] = []

    init(_ sequence: GroupCompletions) {
      self.sequence = sequence
      deadline = sequence.timeout.map { ContinuousClock.now.advanced(by: Swift.min($0, .longest)) }
      ids = OrderedSet(sequence.taskIDs)
    }

    /// Waits until another task is ready; nil when all are.
    ///
    /// - Throws: `ResultError` with code `timeout`, `CancellationError`, or the backend's own error.
    public mutating func next() async throws -> TaskResult? {
      if found.isEmpty, let ready = try await nextReady() {
        found = ready.enumerated().sorted { left, right in
          let dates = (left.element.dateDone ?? .distantPast, right.element.dateDone ?? .distantPast)
          return dates.0 == dates.1 ? left.offset > right.offset : dates.0 > dates.1
        }.map(\.element)
      }
      return found.popLast()
    }

    /// Waits until at least one more task is ready, and returns all that are, in the order of the group; nil
    /// when there are no more.
    mutating func nextReady() async throws -> [TaskResult]? {
      guard readyCount < ids.count else { return nil }
      let ready = try await waitForMore()
      readyCount += ready.count
      return ready.map { (index: ids.firstIndex(of: $0.id) ?? 0, task: $0) }
        .sorted { $0.index < $1.index }
        .map(\.task)
    }

    private mutating func waitForMore() async throws -> [TaskResult] {
      if let timeout = sequence.timeout, timeout <= .zero {
        // It looks once.
        let ready =
          readyCount == 0 ? try await sequence.backend.taskMeta(for: Array(ids)).filter(\.state.isReady) : []
        guard !ready.isEmpty else { throw timeoutError }
        return ready
      }
      do {
        var results =
          results ?? sequence.backend.readyResults(of: Array(ids), deadline: deadline).makeAsyncIterator()
        let ready = try await results.next(isolation: #isolation)
        self.results = results
        guard let ready else { throw CancellationError() }
        return ready
      } catch let error as ResultError where error.code == .timeout {
        throw timeoutError
      }
    }

    private var timeoutError: ResultError {
      ResultError(
        .timeout,
        message:
          "Group \(sequence.groupID): \(ids.count - readyCount) of its \(ids.count) tasks were not ready in time."
      )
    }
  }
}
