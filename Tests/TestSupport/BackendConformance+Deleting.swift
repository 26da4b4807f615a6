import CeleryResults
import Testing

extension BackendConformance {
  static let deletingChecks: [Check] = [
    Check("a forgotten task is PENDING again, and forgetting an unknown one is no error") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let (forgotten, kept) = (TaskID.random(), TaskID.random())
      try await backend.markAsDone(forgotten, result: 1)
      try await backend.markAsDone(kept, result: 2)
      try await backend.forget(forgotten)
      try await backend.forget(.random())
      #expect(try await backend.taskMeta(for: forgotten).state == .pending)
      #expect(try await backend.taskMeta(for: kept).state == .success)
    },
    Check(
      "cleanup deletes what was stored before the cutoff, and says how much",
      needing: .cleanupByAge
    ) { makeBackend in
      // No other check has a clock of so early a year: nothing else is deleted.
      let clock = try SettableClock(year: 1990)
      var configuration = ResultBackendConfiguration(clock: clock)
      configuration.resultExpires = .seconds(60)
      let backend = try await makeBackend(configuration)
      let ids = (0..<4).map { _ in TaskID.random() }
      for id in ids {
        try await backend.markAsDone(id, result: 1)
        clock.advance(by: 30)
      }
      // The stores are now 120, 90, 60 and 30 seconds old; one of exactly the age is kept.
      let deleted = try await backend.cleanup()
      #expect(deleted == CleanupResult(tasks: 2, groups: 0))
      let states = try await backend.taskMeta(for: ids).map(\.state)
      #expect(states == [.pending, .pending, .success, .success])
      #expect(try await backend.cleanup(olderThan: .seconds(1)).tasks == 2)
      #expect(try await backend.cleanup(olderThan: .seconds(1)).tasks == 0)
    },
    Check("a backend whose results never expire cleans up nothing") { makeBackend in
      let configuration = ResultBackendConfiguration(resultExpires: nil)
      let backend = try await makeBackend(configuration)
      let id = TaskID.random()
      try await backend.markAsDone(id, result: 1)
      #expect(try await backend.cleanup() == CleanupResult(tasks: 0, groups: 0))
      #expect(try await backend.taskMeta(for: id).state == .success)
    },
  ]
}
