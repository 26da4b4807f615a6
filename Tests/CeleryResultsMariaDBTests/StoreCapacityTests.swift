import Synchronization
import Testing

@testable import CeleryResultsMariaDB

/// How many results wait to be stored.
@Suite struct StoreCapacityTests {
  @Test func `No more are inside than there is room for, and all get in`() async throws {
    let capacity = StoreCapacity(3)
    let inside = Mutex((now: 0, most: 0))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<200 {
        group.addTask {
          try await capacity.withRoom {
            inside.withLock {
              $0.now += 1
              $0.most = max($0.most, $0.now)
            }
            await Task.yield()
            inside.withLock { $0.now -= 1 }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(inside.withLock { $0.now } == 0)
    #expect(inside.withLock { $0.most } <= 3)
  }

  @Test func `Whoever is cancelled leaves the queue, and takes no room`() async throws {
    let capacity = StoreCapacity(1)
    try await capacity.withRoom {
      let waiting = (0..<50).map { _ in Task { try await capacity.withRoom {} } }
      for task in waiting { task.cancel() }
      for task in waiting {
        let result = await task.result
        #expect(throws: CancellationError.self) { try result.get() }
      }
    }
    try await capacity.withRoom {}
  }
}
