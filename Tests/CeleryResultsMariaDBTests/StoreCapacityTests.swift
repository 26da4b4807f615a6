import Synchronization
import Testing

@testable import CeleryResultsMariaDB

/// How many results wait to be stored.
@Suite struct StoreCapacityTests {
  @Test func `No more are inside than there is room for, and all get in`() async throws {
    let capacity = StoreCapacity(3)
    let inside = Inside()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<200 {
        group.addTask {
          if !capacity.enterAtOnce() { try await capacity.enter() }
          inside.enter()
          await Task.yield()
          inside.leave()
          capacity.leave()
        }
      }
      try await group.waitForAll()
    }
    #expect(inside.most <= 3)
    #expect((0..<4).map { _ in capacity.enterAtOnce() } == [true, true, true, false])
  }

  @available(macOS 26, *)
  @Test func `Those who wait are let in as they came`() async throws {
    let capacity = StoreCapacity(1)
    try await capacity.enter()
    let (entered, continuation) = AsyncStream.makeStream(of: Int.self)
    for number in 1...3 {
      // It runs until it waits.
      Task.immediate {
        try await capacity.enter()
        continuation.yield(number)
      }
    }
    var iterator = entered.makeAsyncIterator()
    for number in 1...3 {
      capacity.leave()
      #expect(await iterator.next() == number)
    }
  }

  @available(macOS 26, *)
  @Test func `Whoever gives up while another leaves takes no room and adds none`() async {
    for _ in 0..<3_000 {
      let capacity = StoreCapacity(1)
      #expect(capacity.enterAtOnce())
      let waiting = Task.immediate { try await capacity.enter() }
      await withDiscardingTaskGroup { group in
        group.addTask { capacity.leave() }
        group.addTask { waiting.cancel() }
      }
      if case .success = await waiting.result { capacity.leave() }
      #expect([capacity.enterAtOnce(), capacity.enterAtOnce()] == [true, false])
    }
  }

  @Test func `Whoever is cancelled leaves the queue, and takes no room`() async throws {
    let capacity = StoreCapacity(1)
    try await capacity.enter()
    let waiting = (0..<50).map { _ in Task { try await capacity.enter() } }
    for task in waiting { task.cancel() }
    for task in waiting {
      let result = await task.result
      #expect(throws: CancellationError.self) { try result.get() }
    }
    #expect(!capacity.enterAtOnce())
    capacity.leave()
    #expect(capacity.enterAtOnce())
  }
}

/// Counts how many are inside at once.
private final class Inside: Sendable {
  private struct Counts {
    var now = 0
    var most = 0
  }

  private let counts = Mutex(Counts())

  var most: Int { counts.withLock { $0.most } }

  func enter() {
    counts.withLock { counts in
      counts.now += 1
      counts.most = max(counts.most, counts.now)
    }
  }

  func leave() { counts.withLock { $0.now -= 1 } }
}
