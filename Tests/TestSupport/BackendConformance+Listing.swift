import CeleryResults
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension BackendConformance {
  static let listingChecks: [Check] = [
    Check("a list has what was stored last first, in pages by key", needing: .listing) { makeBackend in
      let clock = try SettableClock(year: 2013)
      let backend = try listing(await makeBackend(ResultBackendConfiguration(extended: true, clock: clock)))
      let name = uniqueName("paged")
      var ids: [TaskID] = []
      for number in 0..<11 {
        ids.append(.random())
        try await backend.markAsDone(ids[number], result: number, request: TaskRequest(name: name))
        // Three results share each moment: their row ids tell them apart.
        if number % 3 == 2 { clock.advance(by: 0.000001) }
      }
      var query = TaskResultQuery(taskName: name, limit: 4)
      var seen: [TaskID] = []
      var sizes: [Int] = []
      repeat {
        let page = try await backend.listResults(matching: query)
        seen += page.results.map(\.id)
        sizes.append(page.results.count)
        query.after = try page.next.map { try #require(TaskResultCursor($0.description)) }
        // What is stored while somebody turns pages shifts no page.
        try await backend.markAsDone(.random(), result: 0, request: TaskRequest(name: name))
      } while query.after != nil && sizes.count < 10
      #expect(seen == ids.reversed())
      #expect(sizes == [4, 4, 3])
    },
    Check("a list that ends with a full page has no next page", needing: .listing) { makeBackend in
      let backend = try listing(await makeBackend(ResultBackendConfiguration(resultExtended: true)))
      let name = uniqueName("full")
      for _ in 0..<2 { try await backend.markAsDone(.random(), result: 1, request: TaskRequest(name: name)) }
      let page = try await backend.listResults(matching: TaskResultQuery(taskName: name, limit: 2))
      #expect(page.results.count == 2)
      #expect(page.next == nil)
    },
    Check("a list can be limited to states, a name, a worker and a time", needing: .listing) { makeBackend in
      let clock = try SettableClock(year: 2014)
      let backend = try listing(await makeBackend(ResultBackendConfiguration(extended: true, clock: clock)))
      let start = clock.now
      let (name, other) = (uniqueName("named"), uniqueName("other"))
      let worker = uniqueName("celery@h")
      let request = TaskRequest(name: name, worker: worker)
      let ids = (0..<4).map { _ in TaskID.random() }
      try await backend.markAsDone(ids[0], result: 1, request: request)
      clock.advance(by: 10)
      try await backend.markAsRevoked(ids[1], request: request)
      clock.advance(by: 10)
      try await backend.markAsFailure(ids[2], exception: RemoteException(type: "E"), request: request)
      clock.advance(by: 10)
      try await backend.markAsDone(ids[3], result: 1, request: TaskRequest(name: other, worker: worker))

      func list(_ query: TaskResultQuery) async throws -> [TaskID] {
        try await backend.listResults(matching: query).results.map(\.id)
      }
      #expect(try await list(TaskResultQuery(taskName: name)) == [ids[2], ids[1], ids[0]])
      #expect(try await list(TaskResultQuery(worker: worker)) == [ids[3], ids[2], ids[1], ids[0]])
      #expect(try await list(TaskResultQuery(taskName: other, worker: worker)) == [ids[3]])
      #expect(try await list(TaskResultQuery(states: [.success], taskName: name)) == [ids[0]])
      #expect(
        try await list(TaskResultQuery(states: [.failure, .revoked], worker: worker)) == [ids[2], ids[1]]
      )
      let since = start.addingTimeInterval(10)
      let until = start.addingTimeInterval(20)
      #expect(try await list(TaskResultQuery(worker: worker, doneSince: since)) == [ids[3], ids[2], ids[1]])
      #expect(try await list(TaskResultQuery(worker: worker, doneUntil: until)) == [ids[1], ids[0]])
      #expect(try await list(TaskResultQuery(worker: worker, doneSince: since, doneUntil: until)) == [ids[1]])
      #expect(try await list(TaskResultQuery(states: ["NONE"], worker: worker)) == [])
    },
    Check("a listed result is whole", needing: .listing) { makeBackend in
      let backend = try listing(await makeBackend(ResultBackendConfiguration(resultExtended: true)))
      let id = TaskID.random()
      var request = fullRequest
      request.name = uniqueName("whole")
      try await backend.markAsDone(id, result: ["emoji": "🐍"], request: request)
      let page = try await backend.listResults(matching: TaskResultQuery(taskName: request.name))
      let listed = try #require(page.results.first)
      let read = try await backend.taskMeta(for: id)
      #expect(
        try listed.celeryMeta(includingOtherColumns: true) == read.celeryMeta(includingOtherColumns: true)
      )
    },
  ]
}
