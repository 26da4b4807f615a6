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
    var groups: [TaskID: EncodedGroupResult] = [:]
    var waiters: [TaskID: [Int]] = [:]
    var waiting: [Int: Waiter] = [:]
    var lastWaiter = 0
    var chords: [TaskID: ChordRecord] = [:]
    var chordOrder: [TaskID] = []
  }

  /// Makes an empty backend.
  public init(configuration: ResultBackendConfiguration = ResultBackendConfiguration()) {
    self.configuration = configuration
  }

  /// Stores a result, and wakes who waits for its task.
  public func store(_ result: EncodedTaskResult) async throws {
    let woken = state.withLock { state in
      if let row = state.rows[result.id] {
        state.rows[result.id]?.result = result.merged(over: row.result, policy: configuration.storePolicy)
      } else {
        state.lastRowID += 1
        state.rows[result.id] = Row(id: state.lastRowID, result: result)
      }
      return state.takeReady([result.id])
    }
    tell(woken)
  }

  /// Reads what is stored about several tasks, in the order of `ids`.
  public func taskMeta(for ids: [TaskID]) async throws -> [TaskResult] {
    let rows = state.withLock { state in ids.map { state.rows[$0] } }
    return zip(ids, rows).map { id, row in
      row.map { TaskResult($0.result, acceptContent: configuration.acceptContent) } ?? .pending(id)
    }
  }

  /// Deletes what is stored about a task, if anything.
  public func forget(_ id: TaskID) async throws {
    state.withLock { _ = $0.rows.removeValue(forKey: id) }
  }
}
