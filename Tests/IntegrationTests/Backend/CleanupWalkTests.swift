#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import ResultSchema
import TestSupport
import Testing

@testable import CeleryResultsMariaDB

/// How a cleanup walks through the table, and that it can be stopped.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct CleanupWalkTests {
  static let hour = CleanupPolicy(.after(.seconds(3_600)))

  /// What a cleanup has said of its transactions.
  private actor Deletions {
    private(set) var last = CleanupResult()
    private var transactions = 0

    /// - Returns: How many transactions there were.
    func note(_ deleted: CleanupResult) -> Int {
      last = deleted
      transactions += 1
      return transactions
    }
  }

  /// Lends a backend with 4,000 old results, every fourth of them a failure.
  ///
  /// - Parameters:
  ///   - server: Where.
  ///   - dates: How many different dates they have.
  ///   - body: What needs them.
  private func withOldResults(
    on server: TestServer,
    dates: Int = 4_000,
    _ body: (DatabaseBackend) async throws -> Void
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      try await database.addOldResults(4_000, dates: dates)
      let backend = database.backend()
      try await backend.markAsDone("new", result: 1)
      try await body(backend)
      await backend.shutDown()
    }
  }

  /// Deletes what has expired in transactions of 100 rows.
  ///
  /// - Returns: How many were deleted, and how many rows and index entries the server has read for it.
  private func delete(
    _ policy: CleanupPolicy,
    _ backend: DatabaseBackend
  ) async throws -> (deleted: Int, read: Int) {
    try await backend.client.run { handle in
      let columns = try Catalog(handle, storePolicy: .protectsSuccess).taskResults
      let expired = try #require(ExpiredRows(tasks: policy, now: Date(), columns: columns))
      var position = ExpiredRows.Position.start
      var deleted = 0
      let before = try Self.readCount(handle)
      while let next = try expired.deleteNext(after: position, limit: 100, handle) {
        deleted += next.transaction.deleted
        position = next.last
      }
      return (deleted, try Self.readCount(handle) - before)
    }
  }

  private static func readCount(_ handle: ConnectionHandle) throws -> Int {
    try handle.query(text: "SHOW SESSION STATUS LIKE 'Handler\\_read\\_%'").rows
      .map { Int(try $0.decode(String.self, at: 1)) ?? 0 }.reduce(0, +)
  }

  @Test(arguments: TestServer.all, [4_000, 7, 1])
  func `A cleanup reads each row twice, however many have the same date`(
    server: TestServer,
    dates: Int
  ) async throws {
    try await withOldResults(on: server, dates: dates) { backend in
      let (deleted, read) = try await delete(Self.hour, backend)
      #expect(deleted == 4_000)
      // In the index on the date and by the id, and a little at the beginning of each transaction.
      #expect(read < 3 * 4_000)
    }
  }

  @Test(arguments: TestServer.all)
  func `A cleanup reads the rows that a rule keeps once`(server: TestServer) async throws {
    try await withOldResults(on: server) { backend in
      let policy = CleanupPolicy(.never, states: [.failure: .after(.seconds(3_600))])
      let (deleted, read) = try await delete(policy, backend)
      #expect(deleted == 1_000)
      #expect(read < 2 * 4_000)
    }
  }

  @Test(arguments: TestServer.all)
  func `Rows that were stored anew stay, also between those that have expired`(server: TestServer)
    async throws
  {
    try await withOldResults(on: server) { backend in
      // So few that the others are still deleted by ranges of ids.
      let anew = try await backend.client.run { handle in
        try handle.query(
          text: "UPDATE django_celery_results_taskresult SET date_done = UTC_TIMESTAMP(6) WHERE id % 100 = 7"
        ).affectedRows
      }
      let (deleted, _) = try await delete(Self.hour, backend)
      #expect(anew >= 40)
      #expect(deleted == 4_000 - Int(anew))
    }
  }

  @Test(arguments: TestServer.all)
  func `Rows that others have locked stay for the next cleanup, and all others go`(server: TestServer)
    async throws
  {
    try await withOldResults(on: server) { backend in
      let anew = try await backend.client.query(
        """
        UPDATE django_celery_results_taskresult SET date_done = UTC_TIMESTAMP(6) WHERE task_id = 'old8'
        """
      ).affectedRows
      #expect(anew == 1)
      let first = try await backend.client.withTransaction { connection in
        // One that has expired, and one among those that have.
        try await connection.query(
          "UPDATE django_celery_results_taskresult SET worker = 'w' WHERE task_id IN ('old7', 'old8')"
        )
        return try await backend.cleanup(Self.hour, pace: .unpaced).tasks
      }
      let version = try await backend.client.run { $0.serverVersion }
      let skipsLocked = try #require(Dialect(versionString: version)).supportsSkipLocked
      #expect(first == (skipsLocked ? 3_998 : 0))
      #expect(try await backend.cleanup(Self.hour, pace: .unpaced).tasks == 3_999 - first)
      #expect(try await backend.taskMeta(for: ["old8", "new"]).map(\.state) == [.failure, .success])
    }
  }

  @Test(arguments: TestServer.all)
  func `A cleanup that is stopped again and again deletes each row once`(server: TestServer) async throws {
    try await withOldResults(on: server) { backend in
      var total = 0
      for transactions in 1...3 {
        let deletions = Deletions()
        let stopped = Task {
          try await backend.cleanup(Self.hour) { deleted in
            if await deletions.note(deleted) == transactions { withUnsafeCurrentTask { $0?.cancel() } }
          }
        }
        await #expect(throws: CancellationError.self) { try await stopped.value }
        total += await deletions.last.tasks
      }
      let expected = try await backend.expiredResults(Self.hour)
      let rest = try await backend.cleanup(Self.hour)
      #expect(rest == expected)
      #expect(total + rest.tasks == 4_000)
      #expect(try await backend.taskMeta(for: "new").state == .success)
    }
  }

  @Test(arguments: TestServer.all, [CleanupPace.followsWrites, .unpaced])
  func `Two cleanups at once delete each row once, and each counts its own`(
    server: TestServer,
    pace: CleanupPace
  ) async throws {
    try await withOldResults(on: server) { backend in
      async let one = backend.cleanup(Self.hour, pace: pace)
      async let other = backend.cleanup(Self.hour, pace: pace)
      let counts = try await [one.tasks, other.tasks]
      #expect(counts.reduce(0, +) == 4_000)
      #expect(try await backend.listResults(matching: .init(limit: 10)).results.count == 1)
    }
  }

  @Test(arguments: TestServer.all)
  func `The server says that somebody writes`(server: TestServer) async throws {
    try await withOldResults(on: server) { backend in
      let before = try await backend.client.run { try ServerLoad($0) }
      for number in 0..<10 { try await backend.markAsDone("new", result: number) }
      let after = try await backend.client.run { try ServerLoad($0) }
      #expect(try #require(after).writes - #require(before).writes >= 10)
    }
  }
}
