import CeleryResults
import Testing

extension BackendConformance {
  static let stateChecks: [Check] = [
    Check("a value is stored as SUCCESS and read back") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let id = TaskID.random()
      try await backend.markAsDone(id, result: ["total": 42])
      let meta = try await backend.taskMeta(for: id)
      #expect(meta.id == id)
      #expect(meta.state == .success)
      #expect(try meta.result == ["total": 42])
      #expect(try meta.exception == nil)
      #expect(meta.contentType == .json)
      #expect(meta.contentEncoding == .utf8)
      #expect(try await AsyncResult(id, as: [String: Int].self, backend: backend).get() == ["total": 42])
    },
    Check("STARTED keeps what is known about the start") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let id = TaskID.random()
      try await backend.markAsStarted(id, meta: ["pid": 11619, "hostname": "celery@h"])
      let started = try await backend.taskMeta(for: id)
      #expect(started.state == .started)
      #expect(try started.result == ["pid": 11619, "hostname": "celery@h"])
      try await backend.markAsDone(id, result: 5)
      let done = try await backend.taskMeta(for: id)
      #expect(done.state == .success)
      #expect(try done.result == 5)
    },
    Check("STARTED keeps when it was", needing: .datesOfOtherStates) { makeBackend in
      let clock = try SettableClock(year: 2011)
      let backend = try await makeBackend(ResultBackendConfiguration(clock: clock))
      let id = TaskID.random()
      let start = clock.now
      try await backend.markAsStarted(id)
      #expect(microseconds(try await backend.taskMeta(for: id).dateStarted) == microseconds(start))
      clock.advance(by: 1.25)
      try await backend.markAsDone(id, result: 5)
      let done = try await backend.taskMeta(for: id)
      #expect(microseconds(done.dateStarted) == microseconds(start))
      #expect(microseconds(done.dateCreated) == microseconds(start))
      #expect(microseconds(done.dateDone) == microseconds(start).map { $0 + 1_250_000 })
    },
    Check("FAILURE keeps the exception, its arguments and the traceback") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let id = TaskID.random()
      let exception = RemoteException(type: "ValueError", arguments: ["bad", 3, "<class 'object'>"])
      try await backend.markAsFailure(id, exception: exception, traceback: "Traceback 🐍\n\u{0} …")
      let meta = try await backend.taskMeta(for: id)
      #expect(meta.state == .failure)
      #expect(meta.traceback == "Traceback 🐍\n\u{0} …")
      var expected = exception
      expected.traceback = "Traceback 🐍\n\u{0} …"
      #expect(try meta.exception == expected)
      let error = await #expect(throws: ResultError.self) {
        try await AsyncResult(id, as: Int.self, backend: backend).get()
      }
      #expect(error?.code == .taskFailed)
      #expect(error?.exception == expected)
      #expect(error?.traceback == "Traceback 🐍\n\u{0} …")
    },
    Check("RETRY keeps the exception, if there is one, and is not ready") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let (with, without) = (TaskID.random(), TaskID.random())
      let exception = RemoteException(type: "Timeout", module: "proj.errors", arguments: [30])
      try await backend.markAsRetry(with, exception: exception)
      try await backend.markAsRetry(without)
      #expect(try await backend.taskMeta(for: with).exception == exception)
      let meta = try await backend.taskMeta(for: without)
      #expect(meta.state == .retry)
      #expect(try meta.result == .null)
      #expect(try meta.exception == nil)
      #expect(try await !AsyncResult(without, as: Int.self, backend: backend).isReady)
    },
    Check("REVOKED keeps the reason and is thrown as such") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      for reason in ["revoked", "expired", "", "terminated"] {
        let id = TaskID.random()
        try await backend.markAsRevoked(id, reason: reason)
        let meta = try await backend.taskMeta(for: id)
        #expect(meta.traceback == nil)
        #expect(try meta.exception == .taskRevoked(reason: reason))
        let error = await #expect(throws: ResultError.self) {
          try await AsyncResult(id, as: Int?.self, backend: backend).get()
        }
        #expect(error?.code == .taskRevoked)
      }
    },
    Check("a custom state keeps its name and its meta") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let id = TaskID.random()
      try await backend.storeResult(["current": 3, "total": 10], for: id, state: "PROGRESS")
      let meta = try await backend.taskMeta(for: id)
      #expect(meta.state == "PROGRESS")
      #expect(!meta.state.isReady)
      #expect(try meta.result == ["current": 3, "total": 10])
    },
    Check("PENDING, RECEIVED, IGNORED and REJECTED store nothing") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let (unknown, known) = (TaskID.random(), TaskID.random())
      try await backend.markAsDone(known, result: 1)
      for state in [TaskState.pending, .received, .ignored, .rejected] {
        try await backend.storeResult(2, for: unknown, state: state)
        try await backend.storeResult(2, for: known, state: state)
      }
      let meta = try await backend.taskMeta(for: unknown)
      #expect(meta.state == .pending)
      #expect(meta.dateCreated == nil)
      #expect(try await backend.taskMeta(for: known).result == 1)
    },
  ]
}
