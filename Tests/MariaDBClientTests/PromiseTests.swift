import MariaDBClient
import Testing

/// What one task waits for and another gives.
@Suite struct PromiseTests {
  @Test func `What is given before or after somebody waits arrives`() async throws {
    let early = Promise<Int>()
    early.keep(.success(1))
    early.keep(.success(2))
    #expect(try await early.value {} == 1)
    for _ in 0..<500 {
      let late = Promise<Int>()
      async let value = late.value {}
      async let given: Void = late.keep(.success(3))
      await given
      let arrived = try await value
      #expect(arrived == 3)
    }
  }

  @Test func `A task that is cancelled says so, and gets what is given for that`() async {
    for _ in 0..<500 {
      let promise = Promise<Int>()
      let task = Task { try await promise.value { promise.keep(.failure(CancellationError())) } }
      task.cancel()
      let result = await task.result
      #expect(throws: CancellationError.self) { try result.get() }
    }
  }
}
