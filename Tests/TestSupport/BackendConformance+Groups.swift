import CeleryResults
import Testing

extension BackendConformance {
  static let groupChecks: [Check] = [
    Check("a group that is saved is restored with its parent and all its members") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let reference = ResultReference(
        .random(),
        parent: ResultReference("before", parent: "before that"),
        children: ["a", ResultReference("вплив 🎉", children: ["b", "c"]), ResultReference("d", parent: "p")]
      )
      try await backend.saveGroup(reference)
      let restored = try #require(try await backend.restoreGroup(reference.id, as: PythonValue.self))
      #expect(restored.reference == reference)
      #expect(restored.id == reference.id)
      #expect(restored.taskIDs == ["a", "b", "c", "d"])
      #expect(try await backend.taskMeta(for: reference.id).state == .pending)
    },
    Check("a group saved again has its new members") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let id = TaskID.random()
      try await backend.saveGroup(ResultReference(id, children: ["a"]))
      try await backend.saveGroup(ResultReference(id, children: ["b"]))
      let group = try #require(try await backend.groupMeta(for: id))
      #expect(try group.reference() == ResultReference(id, children: ["b"]))
    },
    Check("a group saved again has the date of the first time", needing: .datesOfGroups) { makeBackend in
      let clock = try SettableClock(year: 2002)
      let backend = try await makeBackend(ResultBackendConfiguration(clock: clock))
      let id = TaskID.random()
      try await backend.saveGroup(ResultReference(id, children: ["a"]))
      let first = try #require(try await backend.groupMeta(for: id))
      #expect(microseconds(first.dateCreated) == microseconds(clock.now))
      #expect(microseconds(first.dateDone) == microseconds(clock.now))
      clock.advance(by: 1.000_001)
      try await backend.saveGroup(ResultReference(id, children: ["b"]))
      let second = try #require(try await backend.groupMeta(for: id))
      #expect(microseconds(second.dateCreated) == microseconds(first.dateCreated))
      #expect(microseconds(second.dateDone) == microseconds(clock.now))
    },
    Check("a group that is not saved is nil, and deleting it is an error") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let id = TaskID.random()
      #expect(try await backend.restoreGroup(id, as: Int.self) == nil)
      for _ in 0..<2 {
        let error = await #expect(throws: ResultError.self) { try await backend.deleteGroup(id) }
        #expect(error?.code == .unknownGroup)
        #expect(error?.description.contains(id.rawValue) == true)
      }
    },
    Check("a deleted group is gone, and the results of its tasks and other groups are not") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let (task, kept) = (TaskID.random(), TaskID.random())
      let group = GroupResult(.random(), members: [.init(task)], as: Int.self, backend: backend)
      try await group.save()
      try await backend.saveGroup(ResultReference(kept, children: []))
      try await backend.markAsDone(task, result: 1)
      try await group.delete()
      #expect(try await backend.groupMeta(for: group.id) == nil)
      #expect(try await backend.restoreGroup(kept, as: Int.self)?.members == [])
      #expect(try await backend.taskMeta(for: task).state == .success)
    },
    Check("forgetting a group forgets its tasks, and the group stays") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let ids = (0..<3).map { _ in TaskID.random() }
      let members = [.init(ids[0]), ResultReference(.random(), children: [.init(ids[1]), .init(ids[2])])]
      let group = GroupResult(.random(), members: members, as: PythonValue.self, backend: backend)
      try await group.save()
      for id in ids { try await backend.markAsDone(id, result: 1) }
      try await group.forget()
      #expect(try await backend.taskMeta(for: ids).map(\.state) == [.pending, .pending, .pending])
      #expect(try await backend.groupMeta(for: group.id) != nil)
    },
    Check("cleanup deletes groups that were saved before the cutoff", needing: .cleanupByAge) { makeBackend in
      // No other check has a clock of so early a year: nothing else is deleted.
      let clock = try SettableClock(year: 1980)
      let backend = try await makeBackend(ResultBackendConfiguration(clock: clock))
      let ids = (0..<4).map { _ in TaskID.random() }
      for id in ids {
        try await backend.saveGroup(ResultReference(id, children: []))
        clock.advance(by: 30)
      }
      // The groups are now 120, 90, 60 and 30 seconds old; one of exactly the age is kept.
      let deleted = try await backend.cleanup(olderThan: .seconds(60))
      #expect(deleted == CleanupResult(tasks: 0, groups: 2))
      var left: [Bool] = []
      for id in ids { left.append(try await backend.groupMeta(for: id) != nil) }
      #expect(left == [false, false, true, true])
    },
  ]
}
