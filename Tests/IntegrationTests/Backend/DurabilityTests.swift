#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient
import TestSupport
import Testing

/// What was acknowledged is there after the server was killed.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct DurabilityTests {
  private static let isFull = ProcessInfo.processInfo.environment["CELERY_RESULTS_TEST_FULL"] == "yes"
  /// How often each server is killed.
  private static let kills = isFull ? 20 : 4
  private static let callers = 200

  @Test(arguments: TestServer.oneOfEach.map(\.name))
  func
    `Under full load no acknowledged store is lost or made older by a kill of the server`(
      name: String
    ) async throws
  {
    try await PrivateServer.with(name, options: ["--innodb-flush-log-at-trx-commit=1"]) { server in
      var stores = 0
      try await ThrowawayDatabase.withTables(on: server.server) { database in
        for kill in 0..<Self.kills {
          let versions = StoredVersions()
          let backend = database.backend(.init(storePolicy: .lastWriteWins, retryPolicy: .none))
          try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<Self.callers {
              group.addTask { await Self.store(versions, on: backend, caller: caller, kill: kill) }
            }
            // However long a busy machine takes to connect: a kill before the first store would show nothing.
            let latest = ContinuousClock.now + .seconds(60)
            while !versions.hasAcknowledged, ContinuousClock.now < latest {
              try await Task.sleep(for: .milliseconds(10))
            }
            try await Task.sleep(for: .milliseconds(.random(in: 0...1_400)))
            try await server.kill()
            try await group.waitForAll()
          }
          await backend.shutDown()
          try await server.start()
          stores += try await check(versions, database)
        }
      }
      print("durability: \(name): \(Self.kills) kills, \(stores) acknowledged stores are there")
    }
  }

  /// Stores new tasks and newer and newer versions of one, until the server is gone.
  private static func store(_ versions: StoredVersions, on backend: DatabaseBackend, caller: Int, kill: Int)
    async
  {
    for version in 1... {
      for id in [TaskID("\(kill)-\(caller)"), TaskID("\(kill)-\(caller)-\(version)")] {
        versions.begin(id, version)
        do {
          try await backend.storeResult(
            version,
            for: id,
            state: version.isMultiple(of: 2) ? .success : "PROGRESS"
          )
        } catch {
          return
        }
        versions.end(id, version)
      }
    }
  }

  /// Compares what is stored with what was acknowledged.
  ///
  /// - Returns: How many tasks were looked at.
  private func check(_ versions: StoredVersions, _ database: ThrowawayDatabase) async throws -> Int {
    let backend = database.backend()
    let expected = versions.all
    #expect(expected.values.contains { $0.acknowledged > 0 })
    for meta in try await backend.taskMeta(for: Array(expected.keys)) {
      guard let version = expected[meta.id] else { continue }
      let stored = meta.state == .pending ? 0 : try PythonValueDecoder().decode(Int.self, from: meta.result)
      #expect(
        stored >= version.acknowledged && stored <= version.begun,
        "\(meta.id): \(version.acknowledged) was acknowledged, \(stored) is stored"
      )
    }
    let rows = try await backend.client.query(
      "SELECT COUNT(*), COUNT(DISTINCT task_id) FROM django_celery_results_taskresult"
    )
    let (count, different) = try rows.rows[0].decode(Int.self, Int.self)
    #expect(count == different)
    await backend.shutDown()
    return expected.values.count { $0.acknowledged > 0 }
  }
}
