import OrderedCollections

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The results of a group's tasks as they become ready.
///
/// All tasks that are not ready yet are asked for in one question; those that one question finds come in the
/// order in which they were stored.
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
    private var missing: OrderedSet<TaskID>
    private let count: Int
    private var lastAsked: ContinuousClock.Instant?
    // The next one is the last.
    private var found: [TaskResult] = []

    init(_ sequence: GroupCompletions) {
      self.sequence = sequence
      deadline = sequence.timeout.map { ContinuousClock.now.advanced(by: $0) }
      missing = OrderedSet(sequence.taskIDs)
      count = missing.count
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
      guard !missing.isEmpty else { return nil }
      let ready = try await waitForMore()
      lastAsked = .now
      missing.subtract(ready.map(\.id))
      return ready
    }

    private func waitForMore() async throws -> [TaskResult] {
      let (backend, ids) = (sequence.backend, Array(missing))
      if let timeout = sequence.timeout, timeout <= .zero {
        let ready = lastAsked == nil ? try await backend.taskMeta(for: ids).filter(\.state.isReady) : []
        guard !ready.isEmpty else { throw timeoutError }
        return ready
      }
      do {
        return try await backend.waitUntilAnyReady(ids, lastAsked: lastAsked, deadline: deadline)
      } catch let error as ResultError where error.code == .timeout {
        throw timeoutError
      }
    }

    private var timeoutError: ResultError {
      ResultError(
        .timeout,
        message: "Group \(sequence.groupID): \(missing.count) of its \(count) tasks were not ready in time."
      )
    }
  }
}
