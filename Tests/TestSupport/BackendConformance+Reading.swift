import CeleryResults
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension BackendConformance {
  static let readingChecks: [Check] = [
    Check("an unknown task is PENDING, and nothing is stored for it") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let id = TaskID.random()
      for _ in 0..<2 {
        let meta = try await backend.taskMeta(for: id)
        #expect(meta.state == .pending)
        #expect(try meta.result == .null)
        #expect(try meta.children == nil)
        #expect(meta.dateDone == nil)
        #expect(meta.dateCreated == nil)
      }
    },
    Check("many tasks are read at once, in the order asked, unknown and repeated ones too") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let ids = (0..<250).map { _ in TaskID.random() }
      for (number, id) in ids.enumerated() where number % 5 != 0 {
        try await backend.markAsDone(id, result: number)
      }
      let asked = Array(ids.reversed()) + Array(ids[0..<3])
      let metas = try await backend.taskMeta(for: asked)
      #expect(metas.map(\.id) == asked)
      for (id, meta) in zip(asked, metas) {
        let number = try #require(ids.firstIndex(of: id))
        #expect(meta.state == (number % 5 == 0 ? .pending : .success))
        #expect(try meta.result == (number % 5 == 0 ? .null : PythonValue(number)))
      }
      #expect(try await backend.taskMeta(for: []).isEmpty)
    },
    Check("date_done is when the task became ready") { makeBackend in
      let clock = try SettableClock(year: 2012)
      let backend = try await makeBackend(ResultBackendConfiguration(clock: clock))
      let id = TaskID.random()
      try await backend.markAsRetry(id)
      clock.advance(by: 3600.000001)
      try await backend.markAsDone(id, result: 1)
      #expect(microseconds(try await backend.taskMeta(for: id).dateDone) == microseconds(clock.now))
    },
    Check("date_created is the first store's", needing: .datesOfOtherStates) { makeBackend in
      let clock = try SettableClock(year: 2012)
      let backend = try await makeBackend(ResultBackendConfiguration(clock: clock))
      let id = TaskID.random()
      clock.advance(by: 0.123456)
      let first = clock.now
      try await backend.markAsRetry(id)
      clock.advance(by: 3600.000001)
      try await backend.markAsDone(id, result: 1)
      let meta = try await backend.taskMeta(for: id)
      #expect(microseconds(meta.dateCreated) == microseconds(first))
      #expect(meta.dateStarted == nil)
    },
    Check("stores of many tasks at once, and of one task again and again, are all kept") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let shared = TaskID.random()
      let ids = (0..<40).map { _ in TaskID.random() }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (number, id) in ids.enumerated() {
          group.addTask {
            try await backend.markAsDone(id, result: number)
            try await backend.markAsDone(shared, result: number)
          }
        }
        try await group.waitForAll()
      }
      let results = try await backend.taskMeta(for: ids).map { try $0.result }
      #expect(results == ids.indices.map { PythonValue($0) })
      #expect(try await backend.taskMeta(for: shared).state == .success)
    },
    Check("a value of another type than asked for is an error that shows no value") { makeBackend in
      let backend = try await makeBackend(ResultBackendConfiguration())
      let id = TaskID.random()
      try await backend.markAsDone(id, result: "secret")
      let error = await #expect(throws: ResultError.self) {
        try await AsyncResult(id, as: Int.self, backend: backend).get()
      }
      #expect(error?.code == .decodingFailed)
      #expect(error?.description.contains("secret") == false)
      #expect(error?.taskID == id)
    },
  ]
}
