#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Synchronization

/// A backend that keeps results in memory, encoded as the database has them: for tests and single programs.
public final class InMemoryBackend: ResultBackend {
  /// The settings.
  public let configuration: ResultBackendConfiguration
  let state = Mutex(State())

  struct Row {
    var id: Int64
    var result: EncodedTaskResult
  }

  struct State {
    var rows: [TaskID: Row] = [:]
    var lastRowID: Int64 = 0
    var waiters: [TaskID: [Int: AsyncStream<Void>.Continuation]] = [:]
    var lastWaiter = 0
  }

  /// Makes an empty backend.
  public init(configuration: ResultBackendConfiguration = ResultBackendConfiguration()) {
    self.configuration = configuration
  }

  /// Stores a result, and wakes who waits for its task.
  public func store(_ result: EncodedTaskResult) async throws {
    let waiters = state.withLock { state in
      var result = result
      if let row = state.rows[result.id] {
        result.dateCreated = row.result.dateCreated
        result.dateStarted = result.dateStarted ?? row.result.dateStarted
        state.rows[result.id]?.result = result
      } else {
        state.lastRowID += 1
        state.rows[result.id] = Row(id: state.lastRowID, result: result)
      }
      return state.waiters[result.id, default: [:]]
    }
    for waiter in waiters.values { waiter.yield() }
  }

  /// Reads what is stored about several tasks, in the order of `ids`.
  public func taskMeta(for ids: [TaskID]) async throws -> [TaskResult] {
    let rows = state.withLock { state in ids.map { state.rows[$0] } }
    return zip(ids, rows).map { id, row in row.map { TaskResult($0.result) } ?? .pending(id) }
  }

  /// Deletes what is stored about a task, if anything.
  public func forget(_ id: TaskID) async throws {
    state.withLock { _ = $0.rows.removeValue(forKey: id) }
  }

  /// Deletes the tasks that were stored more than `age` ago.
  public func cleanup(olderThan age: Duration) async throws -> CleanupResult {
    let cutoff = configuration.now().addingTimeInterval(-(age / .seconds(1)))
    let deleted = state.withLock { state in
      let count = state.rows.count
      state.rows = state.rows.filter { ($0.value.result.dateDone ?? .distantFuture) >= cutoff }
      return count - state.rows.count
    }
    return CleanupResult(tasks: deleted, groups: 0)
  }

  /// Waits until a task is ready; a store wakes it.
  public func waitUntilReady(_ id: TaskID, deadline: ContinuousClock.Instant?) async throws -> TaskResult {
    try await withDeadline(deadline, waitingFor: id) { [self] in
      let (stores, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
      let waiter = state.withLock { state in
        state.lastWaiter += 1
        state.waiters[id, default: [:]][state.lastWaiter] = continuation
        return state.lastWaiter
      }
      defer { removeWaiter(waiter, for: id) }
      continuation.yield()
      for await _ in stores {
        let meta = try await taskMeta(for: id)
        if meta.state.isReady { return meta }
      }
      throw CancellationError()
    }
  }

  private func removeWaiter(_ waiter: Int, for id: TaskID) {
    state.withLock { state in
      state.waiters[id]?[waiter] = nil
      if state.waiters[id]?.isEmpty == true { state.waiters[id] = nil }
    }
  }
}
