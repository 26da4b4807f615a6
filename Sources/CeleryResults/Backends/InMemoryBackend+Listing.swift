#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Synchronization

extension InMemoryBackend: TaskResultListing {
  /// Reads the results that match a query, those stored last first.
  public func listResults(matching query: TaskResultQuery) async throws -> TaskResultPage {
    let rows = state.withLock { Array($0.rows.values) }
    let found =
      rows
      .filter { query.matches($0.result) }
      .map { (row: $0, key: TaskResultCursor(dateDone: $0.result.dateDone ?? .distantPast, rowID: $0.id)) }
      .filter { found in query.after.map { found.key.stands(after: $0) } ?? true }
      .sorted { $1.key.stands(after: $0.key) }
    let page = found.prefix(query.limit)
    return TaskResultPage(
      results: page.map { TaskResult($0.row.result, acceptContent: configuration.acceptContent) },
      next: found.count > page.count ? page.last?.key : nil
    )
  }
}

extension TaskResultCursor {
  /// Whether this key stands further down the list, which begins with what was stored last.
  fileprivate func stands(after other: TaskResultCursor) -> Bool {
    (microsecondsSince1970, rowID) < (other.microsecondsSince1970, other.rowID)
  }
}

extension TaskResultQuery {
  fileprivate func matches(_ result: EncodedTaskResult) -> Bool {
    let dateDone = result.dateDone ?? .distantPast
    return (states.isEmpty || states.contains(result.state))
      && (taskName == nil || taskName == result.name)
      && (worker == nil || worker == result.worker)
      && (doneSince.map { dateDone >= $0 } ?? true)
      && (doneUntil.map { dateDone < $0 } ?? true)
  }
}
