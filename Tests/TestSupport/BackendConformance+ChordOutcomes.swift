import CeleryResults
import Testing

extension BackendConformance {
  static let chordOutcomeChecks: [ChordCheck] = [
    ChordCheck("the first part in the header's order that has failed gives the body's ChordError") {
      backend in
      let chord = try await CheckedChord(backend, parts: 3)
      try await backend.markAsRevoked(chord.parts[2], reason: "expired")
      #expect(try await chord.count(2, state: .revoked) == nil)
      try await backend.markAsFailure(
        chord.parts[1],
        exception: RemoteException(type: "KeyError", arguments: ["k"])
      )
      #expect(try await chord.count(1, state: .failure) == nil)
      let completion = try #require(try await chord.deliver(0))
      #expect(completion.outcome == .error(.chordError("KeyError('k')"), part: chord.parts[1]))
      guard case .error(let error, _) = completion.outcome else { return }
      try await backend.storeChordError(error, for: chord.body)
      let meta = try await backend.taskMeta(for: chord.body.taskID)
      #expect(meta.state == .failure)
      #expect(
        try meta.result == [
          "exc_type": "ChordError", "exc_message": ["KeyError('k')"], "exc_module": "celery.exceptions",
        ]
      )
      #expect(meta.name == nil)
    },
    ChordCheck("a part that was revoked gives what Celery raises for it") { backend in
      let chord = try await CheckedChord(backend, parts: 1)
      try await backend.markAsRevoked(chord.parts[0], reason: "terminated")
      let outcome = try await chord.count(0, state: .revoked)?.outcome
      let error = RemoteException.chordError("TaskRevokedError('terminated')")
      #expect(outcome == .error(error, part: chord.parts[0]))
    },
    ChordCheck("a part that failed without a stored result fails the chord") { backend in
      let chord = try await CheckedChord(backend, parts: 2)
      #expect(try await chord.deliver(0) == nil)
      let outcome = try await chord.count(1, state: .failure)?.outcome
      guard case .error(let error, let part) = outcome else {
        Issue.record("no error")
        return
      }
      #expect(part == chord.parts[1])
      #expect(error.arguments.first?.text?.contains("ended in FAILURE, and its result is not stored") == true)
    },
    ChordCheck("a result that was deleted before the body is sent fails the chord, and is no null") {
      backend in
      let chord = try await CheckedChord(backend, parts: 1)
      #expect(try await chord.deliver(0, claim: ChordClaim(lease: .zero)) != nil)
      try await backend.forget(chord.parts[0])
      guard case .error = try await chord.count(0)?.outcome else {
        Issue.record("no error")
        return
      }
    },
    ChordCheck("a group in the header gives a list of its own") { backend in
      let ids = (0..<4).map { TaskID(uniqueName("nested\($0)")) }
      let header = ResultReference(
        TaskID(uniqueName("group")),
        children: [
          ResultReference(ids[0]),
          ResultReference("inner", children: [ResultReference(ids[1]), ResultReference(ids[2])]),
          ResultReference(ids[3], parent: "before"),
        ]
      )
      try await backend.applyChord(header, body: ChordBody(task: "shop.total"))
      var completion: ChordCompletion?
      for (number, id) in ids.enumerated() {
        #expect(completion == nil)
        try await backend.markAsDone(id, result: number)
        completion = try await backend.onChordPartReturn(id, of: header.id, state: .success)
      }
      #expect(completion?.outcome == .values([0, [1, 2], 3]))
    },
    ChordCheck("a group or chain without ids is sent again under the same ids, and all its tasks fail") {
      backend in
      let (group, part) = (TaskID(uniqueName("group")), TaskID(uniqueName("part")))
      let chain: PythonValue = [
        "task": "celery.chain", "kwargs": ["tasks": [["task": "t1"], ["task": "t2"]]],
      ]
      let body = try ChordBody(
        signature: ["task": "celery.group", "kwargs": ["tasks": [["task": "t0", "options": [:]], chain]]]
      )
      try await backend.applyChord(of: group, parts: [part], body: body)
      try await backend.markAsDone(part, result: 1)
      let claim = ChordClaim(lease: .zero)
      let counted = ChordPart(id: part, group: group, state: .success)
      for _ in 0..<2 {
        let sent = try #require(try await backend.onChordPartReturn(counted, claim: claim)?.body)
        #expect(sent == body)
        #expect(sent.failingTaskIDs.count == 2)
      }
      try await backend.storeChordError(.chordError("why"), for: body)
      for id in body.failingTaskIDs {
        #expect(try await backend.taskMeta(for: id).state == .failure)
      }
    },
  ]
}
