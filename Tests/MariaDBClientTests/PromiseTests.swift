import Promises
import Testing

/// What one task waits for and another gives.
@Suite struct PromiseTests {
  /// Lets two tasks have the same promise.
  final class Shared: Sendable {
    let promise = Promise<Int>()
  }

  @Test func `What is given before or after somebody waits arrives`() async throws {
    let early = Promise<Int>()
    early.keep(.success(1))
    early.keep(.success(2))
    #expect(try await early.value {} == 1)
    for _ in 0..<500 {
      let late = Shared()
      async let value = late.promise.value {}
      async let given: Void = late.promise.keep(.success(3))
      await given
      let arrived = try await value
      #expect(arrived == 3)
    }
  }

  @Test func `A task that is cancelled says so, and gets what is given for that`() async {
    for _ in 0..<500 {
      let shared = Shared()
      let task = Task {
        try await shared.promise.value { shared.promise.keep(.failure(CancellationError())) }
      }
      task.cancel()
      let result = await task.result
      #expect(throws: CancellationError.self) { try result.get() }
    }
  }
}
