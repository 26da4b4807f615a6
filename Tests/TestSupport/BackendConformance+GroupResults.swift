import CeleryResults
import Testing

extension BackendConformance {
  static let groupResultChecks: [Check] = [
    Check("the status of a group counts as Celery counts") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let ids = (0..<4).map { _ in TaskID.random() }
      let nested = ResultReference(.random(), children: [.init(ids[2]), .init(ids[3])])
      let group = GroupResult(
        .random(),
        members: [.init(ids[0]), .init(ids[1]), nested],
        as: PythonValue.self,
        backend: backend
      )
      try await backend.markAsDone(ids[0], result: 0)
      try await backend.markAsStarted(ids[1])
      try await backend.markAsDone(ids[2], result: 2)
      var status = try await group.status()
      #expect(status.tasks.map(\.state) == [.success, .started, .success, .pending])
      #expect(!status.isReady && status.isWaiting && !status.isSuccessful && !status.isFailed)
      // Half of the nested group does not count.
      #expect(status.completedCount == 1)
      try await backend.markAsDone(ids[3], result: 3)
      try await backend.markAsRevoked(ids[1])
      status = try await group.status()
      #expect(status.isReady && !status.isWaiting && !status.isSuccessful && !status.isFailed)
      #expect(status.completedCount == 2)
      try await backend.markAsFailure(ids[1], exception: RemoteException(type: "KeyError"))
      #expect(try await group.isFailed)
      #expect(try await group.isReady)
      #expect(try await group.completedCount == 2)
    },
    Check("get gives the values in the order of the members, whatever the order of completion") {
      makeBackend in
      let backend = try await makeBackend(quick)
      let ids = (0..<20).map { _ in TaskID.random() }
      // A member that stands twice in the group has its value twice.
      let members = (ids + [ids[0]]).map { ResultReference($0) }
      let group = GroupResult(.random(), members: members, as: Int.self, backend: backend)
      async let values = group.get(timeout: .seconds(3_600))
      for (number, id) in ids.enumerated().reversed() { try await backend.markAsDone(id, result: number) }
      #expect(try await values == Array(0..<20) + [0])
      #expect(try await group.get(timeout: .zero) == Array(0..<20) + [0])
    },
    Check("a nested group gives the list of its members' values") { makeBackend in
      let backend = try await makeBackend(quick)
      let ids = (0..<3).map { _ in TaskID.random() }
      let nested = [ids[..<2], ids[2...]].map { ResultReference(.random(), children: $0.map { .init($0) }) }
      for (number, id) in ids.enumerated() { try await backend.markAsDone(id, result: number) }
      let group = GroupResult(.random(), members: nested, as: [Int].self, backend: backend)
      #expect(try await group.get(timeout: .seconds(3_600)) == [[0, 1], [2]])
      let wrong = GroupResult(reference: group.reference, as: Int.self, backend: backend)
      let error = await #expect(throws: ResultError.self) { try await wrong?.get(timeout: .seconds(3_600)) }
      #expect(error?.code == .decodingFailed)
    },
    Check("a group without members is ready") { makeBackend in
      let backend = try await makeBackend(quick)
      let group = GroupResult(.random(), members: [], as: Int.self, backend: backend)
      #expect(try await group.get() == [])
      #expect(try await group.isReady)
      for try await task in group.iterate() { Issue.record("\(task.id)") }
    },
    Check("get throws the exception of a task that failed, though others are not ready") { makeBackend in
      let backend = try await makeBackend(quick)
      let ids = (0..<4).map { _ in TaskID.random() }
      let group = GroupResult(
        .random(),
        members: ids.map { .init($0) },
        as: Int.self,
        backend: backend
      )
      try await backend.markAsFailure(ids[3], exception: RemoteException(type: "OSError"))
      try await backend.markAsFailure(ids[2], exception: RemoteException(type: "KeyError", arguments: ["k"]))
      let error = await #expect(throws: ResultError.self) { try await group.get(timeout: .seconds(3_600)) }
      #expect(error?.code == .taskFailed)
      #expect(error?.taskID == ids[2])
      #expect(error?.exception == RemoteException(type: "KeyError", arguments: ["k"]))
    },
    Check("iterate gives the tasks as they become ready, failed ones too") { makeBackend in
      let backend = try await makeBackend(quick)
      let ids = (0..<10).map { _ in TaskID.random() }
      let nested = ResultReference(.random(), children: ids[5...].map { .init($0) })
      let group = GroupResult(
        .random(),
        members: ids[..<5].map { .init($0) } + [nested],
        as: Int.self,
        backend: backend
      )
      let order = Array(ids.reversed())
      try await backend.markAsDone(order[0], result: 0)
      var seen: [TaskID] = []
      // The next result is stored when the one before has come.
      for try await task in group.iterate(timeout: .seconds(3_600)) {
        seen.append(task.id)
        guard seen.count < order.count else { continue }
        if seen.count == 3 {
          try await backend.markAsFailure(order[3], exception: RemoteException(type: "KeyError"))
        } else {
          try await backend.markAsDone(order[seen.count], result: seen.count)
        }
      }
      #expect(seen == order)
      // Those that are all there come in the order in which they were stored.
      seen = []
      for try await task in group.iterate(timeout: .zero) { seen.append(task.id) }
      #expect(Set(seen) == Set(order) && seen.count == order.count)
    },
    Check("a group gives up at its timeout, and says how many tasks were missing") { makeBackend in
      let backend = try await makeBackend(quick)
      let ids = (0..<3).map { _ in TaskID.random() }
      let group = GroupResult(.random(), members: ids.map { .init($0) }, as: Int.self, backend: backend)
      try await backend.markAsDone(ids[1], result: 1)
      for timeout in [Duration.zero, .seconds(2)] {
        let error = await #expect(throws: ResultError.self) { try await group.get(timeout: timeout) }
        #expect(error?.code == .timeout)
        #expect(error?.description.contains("2 of its 3 tasks") == true)
        #expect(error?.description.contains(group.id.rawValue) == true)
        var seen: [TaskID] = []
        await #expect(throws: ResultError.self) {
          for try await task in group.iterate(timeout: timeout) { seen.append(task.id) }
        }
        #expect(seen == [ids[1]])
      }
    },
    Check("cancelling the Swift task ends the waiting for a group") { makeBackend in
      let backend = try await makeBackend(quick)
      let group = GroupResult(.random(), members: [.init(.random())], as: Int.self, backend: backend)
      for timeout in [nil, Duration.seconds(600)] {
        let task = Task { try await group.get(timeout: timeout) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
      }
    },
  ]
}
