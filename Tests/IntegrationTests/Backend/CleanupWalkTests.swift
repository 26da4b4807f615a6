#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
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
  ///   - dates: How many different dates they have.
  ///   - maximumConnections: How many connections the backend has.
  private func withOldResults(
    on server: TestServer,
    dates: Int = 4_000,
    maximumConnections: Int = 8,
    _ body: (DatabaseBackend) async throws -> Void
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let digits = (0...9).map { "SELECT \($0) AS n" }.joined(separator: " UNION ")
      try await database.client.query(
        """
        INSERT INTO django_celery_results_taskresult
          (task_id, status, content_type, content_encoding, date_done, date_created)
        SELECT CONCAT('old', n), IF(n % 4 = 0, 'FAILURE', 'SUCCESS'), '', '',
          TIMESTAMP('2020-01-01') + INTERVAL n % \(dates) SECOND, '2020-01-01'
        FROM (
          SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n AS n
          FROM (\(unescaped: digits)) a, (\(unescaped: digits)) b, (\(unescaped: digits)) c,
            (\(unescaped: digits)) d
          WHERE d.n < 4
        ) AS numbers
        """
      )
      let backend = database.backend(maximumConnections: maximumConnections)
      try await backend.markAsDone("new", result: 1)
      try await body(backend)
      await backend.shutDown()
    }
  }

  /// How many rows and index entries the backend's only connection has read so far.
  private func readCount(_ backend: DatabaseBackend) async throws -> Int {
    try await backend.client.query("SHOW SESSION STATUS LIKE 'Handler\\_read\\_%'").rows
      .map { Int(try $0.decode(String.self, at: 1)) ?? 0 }.reduce(0, +)
  }

  @Test(arguments: TestServer.all, [4_000, 7, 1])
  func `A cleanup reads each row a few times at most, however many have the same date`(
    server: TestServer,
    dates: Int
  ) async throws {
    try await withOldResults(on: server, dates: dates, maximumConnections: 1) { backend in
      let before = try await readCount(backend)
      #expect(try await backend.cleanup(Self.hour).tasks == 4_000)
      // Once in the index on the date and twice by the id; statements of the cleanup for other tables aside.
      #expect(try await readCount(backend) - before < 4 * 4_000)
    }
  }

  @Test(arguments: TestServer.all)
  func `A cleanup reads the rows that a rule keeps once`(server: TestServer) async throws {
    try await withOldResults(on: server, maximumConnections: 1) { backend in
      let policy = CleanupPolicy(.never, states: [.failure: .after(.seconds(3_600))])
      let before = try await readCount(backend)
      #expect(try await backend.cleanup(policy).tasks == 1_000)
      #expect(try await readCount(backend) - before < 4 * 4_000)
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
