public import CeleryResults
import MariaDBClient

extension DatabaseBackend {
  /// Waits until a task is ready.
  ///
  /// All who wait in this backend share the questions: at most some 25 a second while nothing comes, however many
  /// wait, and none for a result that is stored by this backend itself.
  ///
  /// - Throws: `ResultError` with code `timeout` at the deadline; `CancellationError`; `MariaDBError`.
  public func waitUntilReady(_ id: TaskID, deadline: ContinuousClock.Instant?) async throws -> TaskResult {
    follow()
    return try await poller.result(of: id, deadline: deadline, from: self)
  }

  /// Waits for several tasks; see ``waitUntilReady(_:deadline:)``.
  public func readyResults(
    of ids: [TaskID],
    deadline: ContinuousClock.Instant?
  ) -> AsyncThrowingStream<[TaskResult], any Error> {
    follow()
    var seen: Set<TaskID> = []
    return poller.results(of: ids.filter { seen.insert($0).inserted }, deadline: deadline, from: self)
  }

  /// Who waits first has the binary log followed, if that is wanted.
  private func follow() {
    follower?.start { [poller] in poller.note($0) }
  }
}

extension DatabaseBackend: WaitingSource {
  func answer(_ question: WaitingQuestion) async throws -> WaitingAnswer {
    switch question {
    case .results(let ids):
      let found = try await withCatalog { try Self.readyResults(of: ids, $0, $1) }
      return .results(found.map { TaskResult($0, acceptContent: configuration.acceptContent) })
    case .changes(let changes):
      return try await withCatalog { handle, catalog in
        guard catalog.taskResults.dateDoneIndex != nil else { return .changesCannotBeFound }
        let rows = try handle.query(TaskResultStatements(catalog).select(changes)).rows
        let ids = try rows.compactMap { row throws(MariaDBError) -> TaskID? in
          let state = TaskState(rawValue: try row.decode(String.self, at: 1))
          return state.isReady ? TaskID(try row.decode(String.self, at: 0)) : nil
        }
        let last = rows.count < changes.limit ? nil : rows.last
        return .changes(ids, earliest: try last?.decode(at: 2))
      }
    }
  }

  private static func readyResults(
    of ids: [TaskID],
    _ handle: ConnectionHandle,
    _ catalog: Catalog
  ) throws -> [EncodedTaskResult] {
    var found = TaskResultRows()
    try found.append(handle.query(TaskResultStatements(catalog).selectReady(ids)).rows)
    var missing: [TaskID] = []
    let results = ids.compactMap { id in
      let row = found[id]
      if row == nil { missing.append(id) }
      return row
    }
    // To the server two ids may be one that to Swift are not: then a row has another id than was asked for.
    let others = found.ids.count > results.count ? try TaskResultRows(missing, handle, catalog) : nil
    return (results + missing.compactMap { others?[$0] }).filter(\.state.isReady)
  }
}
