public import CeleryResults
import MariaDBClient

extension DatabaseBackend {
  /// How many ids one query asks for at most.
  static let idsPerQuery = 1_024

  /// Reads what is stored about several tasks, in the order of `ids`: one query for each 1,024 of them.
  ///
  /// A task that is unknown is PENDING, and nothing is stored for it.
  ///
  /// - Throws: `MariaDBError`; `CancellationError`.
  public func taskMeta(for ids: [TaskID]) async throws -> [TaskResult] {
    guard !ids.isEmpty else { return [] }
    let found = try await rows(of: ids)
    return ids.map { id in
      found[id].map { TaskResult($0, acceptContent: configuration.acceptContent) } ?? .pending(id)
    }
  }

  /// Reads the rows of tasks, and maybe those that others ask for at the same time.
  private func rows(of ids: [TaskID]) async throws -> TaskResultRows {
    guard let reads else { return try await readAlone(ids) }
    return try await reads.run(ReadCall(ids), ReadWork(backend: self))
  }

  func readAlone(_ ids: [TaskID]) async throws -> TaskResultRows {
    try await withCatalog { try TaskResultRows(ids, $0, $1) }
  }
}

extension DatabaseBackend: TaskResultListing {
  /// Reads the results that match a query, those stored last first: one query, by key and not by offset.
  ///
  /// - Throws: `MariaDBError`; `CancellationError`.
  public func listResults(matching query: TaskResultQuery) async throws -> TaskResultPage {
    try await withCatalog { handle, catalog in
      let rows = try handle.query(try TaskResultStatements(catalog).list(query)).rows
      let page = rows.prefix(query.limit)
      let columns = try page.first.map { try TaskResultColumns($0.columns) }
      let results = try page.compactMap { try columns?.result(in: $0) }
      var next: TaskResultCursor?
      if rows.count > page.count, let last = page.last, let dateDone = results.last?.dateDone {
        next = TaskResultCursor(dateDone: dateDone, rowID: try last.decode(named: "id"))
      }
      return TaskResultPage(
        results: results.map { TaskResult($0, acceptContent: configuration.acceptContent) },
        next: next
      )
    }
  }
}
