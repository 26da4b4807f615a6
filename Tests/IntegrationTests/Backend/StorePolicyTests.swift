#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import CeleryResultsMariaDB
import TestSupport
import Testing

/// What a store does with what is known: the statement must agree with the pure function.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct StorePolicyTests {
  @Test(
    arguments: TestServer.all,
    [ResultBackendConfiguration.StorePolicy.protectsSuccess, .lastWriteWins]
  )
  func `300 random sequences of stores leave the rows that the pure function says`(
    server: TestServer,
    policy: ResultBackendConfiguration.StorePolicy
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let backend = database.backend(.init(storePolicy: policy))
      let memory = InMemoryBackend(configuration: .init(storePolicy: policy))
      var random = SeededGenerator(seed: 20_260_101)
      let ids = (0..<300).map { TaskID("task-\($0)") }
      let sequences = ids.map { id in
        (1...Int.random(in: 1...6, using: &random)).map { Self.result(id, second: $0, using: &random) }
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for sequence in sequences {
          group.addTask {
            for result in sequence {
              try await backend.store(result)
              try await memory.store(result)
            }
          }
        }
        try await group.waitForAll()
      }
      let (stored, expected) = (
        try await backend.taskMeta(for: ids), try await memory.taskMeta(for: ids)
      )
      for (stored, expected) in zip(stored, expected) {
        #expect(try Columns(stored) == Columns(expected), "\(stored.id)")
      }
      await backend.shutDown()
    }
  }

  /// All that can be read of a row.
  struct Columns: Hashable {
    let texts: [String?]
    let values: [PythonValue?]
    let dates: [Date?]

    init(_ result: TaskResult) throws {
      texts = [
        result.state.rawValue, result.contentType.rawValue, result.contentEncoding.rawValue,
        result.traceback, result.name, result.worker, result.periodicTaskName,
      ]
      let isReadable = result.contentType == .json
      values = [
        result.args, result.kwargs, isReadable ? try result.result : nil,
        isReadable ? .object(try result.meta) : nil,
        isReadable ? try result.children.map { .array($0.map(\.celeryValue)) } : nil,
      ]
      dates = [result.dateDone, result.dateCreated, result.dateStarted]
    }
  }

  static func result(_ id: TaskID, second: Int, using random: inout SeededGenerator) -> EncodedTaskResult {
    func maybe(_ text: String) -> String? { Bool.random(using: &random) ? "\(text) \(second)" : nil }
    func content(_ text: String) -> String? { maybe(text).map { "\"\($0)\"" } }
    let states: [TaskState] = [.started, .retry, .failure, .success, .success, "PROGRESS", "success"]
    var result = EncodedTaskResult(id: id, state: states.randomElement(using: &random) ?? .success)
    if Int.random(in: 0..<8, using: &random) == 0 {
      result.contentType = ContentType(rawValue: "application/of-its-own")
    }
    result.result = content("result")
    result.hasRequest = Bool.random(using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: result.meta = nil
    case 1: result.meta = #"{"children": null}"#
    default: result.meta = #"{"own": \#(second), "children": [[["child \#(second)", null], null]]}"#
    }
    result.traceback = maybe("traceback")
    result.name = maybe("name")
    result.args = content("args")
    result.kwargs = content("kwargs")
    result.worker = maybe("worker")
    result.periodicTaskName = maybe("periodic")
    result.dateDone = Date(timeIntervalSince1970: Double(1_700_000_000 + second))
    result.dateCreated = result.dateDone
    if result.state == .started { result.dateStarted = result.dateDone }
    return result
  }
}
