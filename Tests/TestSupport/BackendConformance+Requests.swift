import CeleryResults
import Testing

extension BackendConformance {
  static let requestChecks: [Check] = [
    Check("extended results keep name, arguments, worker and periodic name") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration(resultExtended: true))
      let id = TaskID.random()
      try await backend.markAsDone(id, result: 5, request: fullRequest)
      let meta = try await backend.taskMeta(for: id)
      #expect(meta.name == "proj.tasks.add")
      #expect(meta.args == "(2,)")
      #expect(meta.kwargs == "{'y': 3}")
      #expect(meta.worker == "celery@h")
      #expect(meta.periodicTaskName == "every morning")
    },
    Check("results that are not extended keep only children and meta of the request") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration(resultExtended: false))
      let id = TaskID.random()
      try await backend.markAsDone(id, result: 5, request: fullRequest)
      let meta = try await backend.taskMeta(for: id)
      #expect(meta.name == nil)
      #expect(meta.args == nil)
      #expect(meta.kwargs == nil)
      #expect(meta.worker == nil)
      #expect(meta.periodicTaskName == nil)
      #expect(try meta.children == ["child"])
      #expect(try meta.meta == ["progress": 7])
    },
    Check("arguments may be real JSON, as of task protocol 1") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration(resultExtended: true))
      let id = TaskID.random()
      let request = TaskRequest(name: "add", args: .json([2, "é"]), kwargs: .json(["y": nil]))
      try await backend.markAsDone(id, result: 5, request: request)
      let meta = try await backend.taskMeta(for: id)
      #expect(meta.args == [2, "é"])
      #expect(meta.kwargs == ["y": nil])
    },
    Check("a store without request keeps the name, arguments, worker and children of before") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration(resultExtended: true))
      let id = TaskID.random()
      try await backend.markAsStarted(id, request: fullRequest)
      try await backend.markAsDone(id, result: 6)
      let meta = try await backend.taskMeta(for: id)
      #expect(meta.state == .success)
      #expect(try meta.result == 6)
      #expect(meta.name == "proj.tasks.add")
      #expect(meta.args == "(2,)")
      #expect(meta.kwargs == "{'y': 3}")
      #expect(meta.worker == "celery@h")
      #expect(meta.periodicTaskName == "every morning")
      #expect(try meta.children == ["child"])
      #expect(try meta.meta == ["progress": 7])
    },
    Check("results that are not extended keep the name, arguments and worker of before") { makeBackend in
      let extended = try await makeBackend(ResultBackendConfiguration(resultExtended: true))
      let id = TaskID.random()
      try await extended.markAsStarted(id, request: fullRequest)
      // The same row, from a backend whose results are not extended.
      var encoded = try ResultBackendConfiguration().encode(
        6,
        for: id,
        state: .success,
        request: TaskRequest(children: ["other"])
      )
      encoded?.worker = "celery@other"
      if let encoded { try await extended.store(encoded) }
      let meta = try await extended.taskMeta(for: id)
      #expect(meta.name == "proj.tasks.add")
      #expect(meta.args == "(2,)")
      #expect(meta.worker == "celery@other")
      #expect(try meta.children == ["other"])
      #expect(try meta.meta == [:])
    },
    Check("where the last write wins, a store without request leaves no name, worker or children") {
      makeBackend in
      let backend = try await makeBackend(
        ResultBackendConfiguration(resultExtended: true, storePolicy: .lastWriteWins)
      )
      let id = TaskID.random()
      try await backend.markAsDone(id, result: 5, request: fullRequest)
      try await backend.markAsDone(id, result: 6)
      let meta = try await backend.taskMeta(for: id)
      #expect(try meta.result == 6)
      #expect(meta.name == nil)
      #expect(meta.args == nil)
      #expect(meta.worker == nil)
      #expect(try meta.children == nil)
      #expect(try meta.meta == [:])
    },
    Check("where the last write wins, a later state overwrites SUCCESS too") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration(storePolicy: .lastWriteWins))
      let id = TaskID.random()
      try await backend.markAsDone(id, result: 5)
      try await backend.markAsRetry(id)
      #expect(try await backend.taskMeta(for: id).state == .retry)
    },
    Check("a late state changes nothing of SUCCESS, a second SUCCESS does") { makeBackend in
      let clock = try SettableClock(year: 2012)
      let backend = try await makeBackend(ResultBackendConfiguration(extended: true, clock: clock))
      let id = TaskID.random()
      try await backend.markAsDone(id, result: 5, request: fullRequest)
      let (done, date) = (try await backend.taskMeta(for: id), clock.now)
      for state in [TaskState.started, .retry, .failure, .revoked, "PROGRESS", "success"] {
        clock.advance(by: 1)
        let late = TaskRequest(name: "late", worker: "celery@late", children: ["late"])
        try await backend.storeResult("late", for: id, state: state, traceback: "late", request: late)
        let meta = try await backend.taskMeta(for: id)
        #expect(meta.state == .success, "after \(state)")
        #expect(try meta.result == 5)
        #expect(meta.traceback == nil)
        #expect(meta.name == done.name)
        #expect(meta.worker == done.worker)
        #expect(try meta.children == done.children)
        #expect(microseconds(meta.dateDone) == microseconds(date))
        #expect(meta.dateStarted == nil)
      }
      try await backend.markAsDone(id, result: 6)
      #expect(try await backend.taskMeta(for: id).result == 6)
      #expect(microseconds(try await backend.taskMeta(for: id).dateDone) == microseconds(clock.now))
    },
    Check("the traceback belongs to the state: the next state has its own or none") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let id = TaskID.random()
      try await backend.markAsRetry(id, exception: RemoteException(type: "Timeout"), traceback: "Traceback …")
      try await backend.markAsDone(id, result: 5)
      #expect(try await backend.taskMeta(for: id).traceback == nil)
    },
    Check("children keep parents, groups and their members") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let id = TaskID.random()
      let children = [
        ResultReference("task", parent: ResultReference("first", parent: "zeroth")),
        ResultReference("group", children: ["a", ResultReference("inner", children: []), "b"]),
      ]
      try await backend.markAsDone(id, result: 5, request: TaskRequest(children: children))
      #expect(try await backend.taskMeta(for: id).children == children)
      try await backend.markAsDone(id, result: 5, request: TaskRequest())
      #expect(try await backend.taskMeta(for: id).children == [])
    },
    Check("the traceback is stored always, or only in extended results") { makeBackend in
      let exception = RemoteException(type: "ValueError", traceback: "Traceback …")
      for (policy, extended, request, isKept) in [
        (ResultBackendConfiguration.TracebackPolicy.always, false, nil, true),
        (.always, true, fullRequest, true),
        (.whenExtended, false, fullRequest, false),
        (.whenExtended, true, nil, false),
        (.whenExtended, true, fullRequest, true),
      ] as [(ResultBackendConfiguration.TracebackPolicy, Bool, TaskRequest?, Bool)] {
        let configuration = ResultBackendConfiguration(resultExtended: extended, storesTraceback: policy)
        let backend = try await makeBackend(configuration)
        let id = TaskID.random()
        try await backend.markAsFailure(id, exception: exception, request: request)
        let traceback = try await backend.taskMeta(for: id).traceback
        #expect(traceback == (isKept ? "Traceback …" : nil), "policy \(policy), extended \(extended)")
      }
    },
  ]
}
