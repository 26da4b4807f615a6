import CeleryResults
import MariaDBClient
import TestSupport
import Testing

@testable import CeleryResultsMariaDB

/// Ids that are stored in another spelling than they are asked for.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct StoredSpellingTests {
  /// Reads tasks.
  ///
  /// - Returns: The results, and how many queries that took.
  private func read(
    _ ids: [TaskID],
    _ backend: DatabaseBackend
  ) async throws -> (results: [TaskID: EncodedTaskResult], queries: Int) {
    try await backend.client.run { handle in
      func queries() throws -> Int {
        let row = try handle.query(text: "SHOW SESSION STATUS LIKE 'Com\\_select'").rows[0]
        return Int(try row.decode(String.self, at: 1)) ?? 0
      }
      let catalog = try Catalog(handle, storePolicy: .protectsSuccess)
      let before = try queries()
      let rows = try TaskResultRows(ids, handle, catalog)
      let after = try queries()
      return (ids.reduce(into: [:]) { $0[$1] = rows[$1] }, after - before)
    }
  }

  @Test(arguments: TestServer.all)
  func `One more query finds all ids that are stored in other spellings`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      for id in ["casea", "caseb", "casec", "cafe", "exact"] {
        try await backend.markAsDone(TaskID(id), result: id)
      }
      let spelled: [TaskID: String] = [
        "CASEA": "casea", "CaseA": "casea", "CaseB": "caseb", "casec": "casec", "CASEC": "casec",
        "café": "cafe",
        "exact": "exact",
      ]
      let unknown = (0..<600).map { TaskID("unknown\($0)") }
      let (results, queries) = try await read(unknown + spelled.keys, backend)
      #expect(queries == 2)
      #expect(results.mapValues(\.result) == spelled.mapValues { "\"\($0)\"" })
      #expect(results.allSatisfy { $0.key == $0.value.id })
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Ids that nobody has stored need no further query`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      try await backend.markAsDone("known", result: 1)
      let (results, queries) = try await read(["known", "unknown", "other"], backend)
      #expect(queries == 1)
      #expect(results.keys.map(\.rawValue) == ["known"])
      await backend.shutDown()
    }
  }

  @Test(
    arguments: [
      ([], ["a"], false), (["A"], [], false), (["b"], ["a"], false), (["A"], ["a"], true),
      (["a "], ["a"], true),
      (["ä"], ["a"], true), (["a"], ["ä"], true), (["b"], ["x", "a"], true),
    ] as [(missing: Set<TaskID>, found: Set<TaskID>, expected: Bool)]
  )
  func `The server is asked where a collation may know another spelling`(
    missing: Set<TaskID>,
    found: Set<TaskID>,
    expected: Bool
  ) {
    // Nobody has asked for x.
    let ids = Array(missing.union(found).subtracting(["x"]))
    #expect(StoredSpellings.mayExist(for: missing, among: found, askedFor: ids) == expected)
  }
}
