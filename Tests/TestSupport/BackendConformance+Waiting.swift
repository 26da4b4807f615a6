import CeleryResults
import Testing

extension BackendConformance {
  static let waitingChecks: [Check] = [
    Check("get returns a result that is there already") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let id = TaskID.random()
      try await backend.markAsDone(id, result: 5)
      let result = AsyncResult(id, as: Int.self, backend: backend)
      #expect(try await result.get() == 5)
      #expect(try await result.get(timeout: .zero) == 5)
      #expect(try await result.get(timeout: .seconds(3_600)) == 5)
    },
    Check("get waits through states that are not ready") { makeBackend in
      let backend = try await makeBackend(quick)
      let id = TaskID.random()
      async let value = AsyncResult(id, as: Int.self, backend: backend).get(timeout: .seconds(3_600))
      async let meta = AsyncResult(id, as: Int.self, backend: backend).wait(timeout: .seconds(3_600))
      try await backend.markAsStarted(id)
      try await backend.markAsRetry(id, exception: RemoteException(type: "Busy"))
      try await backend.storeResult(1, for: id, state: "PROGRESS")
      // By now the waiters have most likely looked in vain; the check holds if they have not.
      try await Task.sleep(for: .milliseconds(50))
      try await backend.markAsDone(id, result: 5)
      #expect(try await value == 5)
      #expect(try await meta.state == .success)
    },
    Check("a failure ends the wait") { makeBackend in
      let backend = try await makeBackend(quick)
      let id = TaskID.random()
      async let value = AsyncResult(id, as: Int.self, backend: backend).get(timeout: .seconds(3_600))
      try await backend.markAsFailure(id, exception: RemoteException(type: "KeyError", arguments: ["k"]))
      do {
        _ = try await value
        Issue.record("get returned")
      } catch let error as ResultError {
        #expect(error.code == .taskFailed)
        #expect(error.exception == RemoteException(type: "KeyError", arguments: ["k"]))
      }
    },
    Check("get gives up at its timeout") { makeBackend in
      let backend = try await makeBackend(quick)
      let result = AsyncResult(.random(), as: Int.self, backend: backend)
      for timeout in [Duration.zero, .milliseconds(30)] {
        let error = await #expect(throws: ResultError.self) { try await result.get(timeout: timeout) }
        #expect(error?.code == .timeout)
        #expect(error?.taskID == result.id)
      }
    },
    Check("cancelling the Swift task ends get, with and without a timeout") { makeBackend in
      let backend = try await makeBackend(quick)
      for timeout in [nil, Duration.seconds(600)] {
        let task = Task {
          try await AsyncResult(.random(), as: Int.self, backend: backend).get(timeout: timeout)
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
      }
    },
    Check("many waiters of one task all see its result") { makeBackend in
      let backend = try await makeBackend(quick)
      let id = TaskID.random()
      let values = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<20 {
          group.addTask {
            try await AsyncResult(id, as: Int.self, backend: backend).get(timeout: .seconds(3_600))
          }
        }
        try await backend.markAsDone(id, result: 5)
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(values == Array(repeating: 5, count: 20))
    },
  ]

  /// Settings for backends that have to ask.
  static var quick: ResultBackendConfiguration {
    ResultBackendConfiguration(pollingInterval: .milliseconds(5))
  }
}
