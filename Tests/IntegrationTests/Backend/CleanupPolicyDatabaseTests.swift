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

/// Expiry by state and by name: the statements must agree with the pure function.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct CleanupPolicyDatabaseTests {
  static let now = Date(timeIntervalSince1970: 1_700_000_000)
  static let policies: [CleanupPolicy] = [
    CleanupPolicy(.after(.seconds(50))),
    CleanupPolicy(.never),
    CleanupPolicy(.after(.seconds(50)), states: [.failure: .after(.seconds(80)), "success": .never]),
    CleanupPolicy(.never, states: [.started: .after(.seconds(20)), .success: .after(.seconds(0))]),
    CleanupPolicy(.after(.seconds(30)), taskNames: ["proj.*": .after(.seconds(60)), "proj.add": .never]),
    CleanupPolicy(
      .after(.seconds(70)),
      states: [.success: .after(.seconds(10)), .failure: .never, "PROGRESS": .after(.seconds(90))],
      taskNames: [
        "proj.%": .after(.seconds(1)), "proj_*": .after(.seconds(5)), "é*": .after(.seconds(40)),
        "proj.ticks.*": .after(.seconds(20)), "*": .after(.seconds(60)),
      ]
    ),
    // Longer ago than a column of dates can hold.
    CleanupPolicy(.after(.seconds(1_000_000_000_000)), states: [.failure: .after(.seconds(5))]),
  ]

  @Test(arguments: TestServer.all, policies.indices)
  func `What expires is what the policy says, and as much as was foretold`(
    server: TestServer,
    index: Int
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let configuration = ResultBackendConfiguration(now: { Self.now })
      let (backend, memory) = (
        database.backend(configuration), InMemoryBackend(configuration: configuration)
      )
      var random = SeededGenerator(seed: UInt64(index))
      let ids = (0..<300).map { TaskID("task-\($0)") }
      for id in ids {
        let result = Self.result(id, using: &random)
        try await backend.store(result)
        try await memory.store(result)
      }
      let expected = try await memory.cleanup(Self.policies[index])
      #expect(try await backend.expiredResults(Self.policies[index]) == expected)
      #expect(try await backend.cleanup(Self.policies[index]) == expected)
      let (left, expectedLeft) = (try await backend.taskMeta(for: ids), try await memory.taskMeta(for: ids))
      #expect(left.map(\.state) == expectedLeft.map(\.state))
      #expect(try await backend.cleanup(Self.policies[index]) == CleanupResult())
      await backend.shutDown()
    }
  }

  static func result(_ id: TaskID, using random: inout SeededGenerator) -> EncodedTaskResult {
    let states: [TaskState] = [.started, .retry, .failure, .success, "PROGRESS", "success"]
    let names = [
      nil, "proj.add", "proj.sub", "proj_add", "proj.%", "PROJ.add", "proj.ticks.second", "other", "éa", "",
    ]
    var result = EncodedTaskResult(id: id, state: states.randomElement(using: &random) ?? .success)
    result.name = names.randomElement(using: &random) ?? nil
    result.dateDone = now - Double(Int.random(in: 0...100, using: &random))
    result.dateCreated = result.dateDone
    return result
  }

  @Test(arguments: TestServer.all)
  func `Cleanups at the same time delete all, count each row once and do not fail`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      try await database.addOldResults(10_000, dates: 1)
      // The default policy: a deadlock would be tried again, any other error ends the test.
      let backend = database.backend()
      let counts = try await withThrowingTaskGroup(of: CleanupResult.self) { group in
        for _ in 0..<4 { group.addTask { try await backend.cleanup(olderThan: .seconds(3_600)) } }
        // Meanwhile others store.
        group.addTask {
          for number in 0..<100 { try await backend.markAsDone(TaskID("new\(number)"), result: number) }
          return CleanupResult()
        }
        return try await group.reduce(into: [CleanupResult]()) { $0.append($1) }
      }
      #expect(counts.map(\.tasks).reduce(0, +) == 10_000)
      #expect(try await backend.listResults(matching: .init(limit: 1_000)).results.count == 100)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A cleanup that is stopped keeps what it has deleted, and another one goes on`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend()
      for number in 0..<2_100 {
        var result = EncodedTaskResult(id: TaskID("old\(number)"), state: .success)
        result.dateDone = Date(timeIntervalSince1970: 1_600_000_000)
        result.dateCreated = result.dateDone
        try await backend.store(result)
      }
      let task = Task {
        try await backend.cleanup(CleanupPolicy(.after(.seconds(60)))) { _ in
          withUnsafeCurrentTask { $0?.cancel() }
        }
      }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(try await backend.cleanup(olderThan: .seconds(60)).tasks == 2_000)
      await backend.shutDown()
    }
  }
}
