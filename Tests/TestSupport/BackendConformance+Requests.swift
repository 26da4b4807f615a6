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
    Check("a store without request leaves no name, arguments, worker or children of before") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration(resultExtended: true))
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
    Check("a later state overwrites an earlier one, SUCCESS too") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let id = TaskID.random()
      try await backend.markAsDone(id, result: 5)
      try await backend.markAsRetry(id)
      #expect(try await backend.taskMeta(for: id).state == .retry)
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
