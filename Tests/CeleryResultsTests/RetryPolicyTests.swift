import CeleryResults
import TestSupport
import Testing

@Suite struct RetryPolicyTests {
  struct Passing: Error, Hashable {
    var number = 0
  }

  struct Lasting: Error {}

  @Test(
    arguments: [(0, 10), (1, 20), (3, 80), (9, 5_120), (10, 10_000), (63, 10_000), (1_000_000, 10_000)]
  )
  func `The longest pause doubles up to the limit`(retries: Int, milliseconds: Int) {
    #expect(RetryPolicy().longestSleep(afterRetries: retries) == .milliseconds(milliseconds))
  }

  @Test func `A pause is any number of milliseconds up to the longest, both ends included`() {
    var generator = SeededGenerator(seed: 1)
    let policy = RetryPolicy(baseSleepBetweenRetries: .milliseconds(3))
    let sleeps = Set((0..<200).map { _ in policy.sleep(afterRetries: 0, using: &generator) })
    #expect(sleeps == Set((0...3).map { .milliseconds($0) }))
    let none = RetryPolicy(baseSleepBetweenRetries: .zero)
    #expect(none.sleep(afterRetries: 5, using: &generator) == .zero)
  }

  @Test(arguments: [Duration.milliseconds(Int64.max), .seconds(Int64.max)])
  func `Settings that no clock reaches are as good as for ever`(longest: Duration) async throws {
    let policy = RetryPolicy(
      baseSleepBetweenRetries: longest,
      maxSleepBetweenRetries: longest,
      timeLimit: longest
    )
    let clock = SleepingClock()
    var (generator, attempts) = (SeededGenerator(seed: 8), 0)
    try await policy.run(clock: clock, using: &generator, isRetried: { _ in true }) {
      attempts += 1
      if attempts == 1 { throw Passing() }
    }
    #expect(attempts == 2)
    #expect(clock.sleeps.allSatisfy { $0 < .seconds(1_000 * 366 * 86_400) })
  }

  @Test func `What fails for a passing reason runs until it succeeds`() async throws {
    let (clock, told) = (SleepingClock(), Told())
    var (generator, attempts) = (SeededGenerator(seed: 2), 0)
    let result = try await RetryPolicy().run(
      clock: clock,
      using: &generator,
      isRetried: { $0 is Passing },
      willRetry: { told.note($0, $1) }
    ) {
      attempts += 1
      if attempts < 6 { throw Passing(number: attempts) }
      return attempts
    }
    #expect(result == 6)
    #expect(told.errors == (1...5).map { Passing(number: $0) })
    #expect(told.sleeps == clock.sleeps)
    for (retries, sleep) in clock.sleeps.enumerated() {
      #expect(sleep <= RetryPolicy().longestSleep(afterRetries: retries))
    }
  }

  @Test func `Another error is thrown at once`() async {
    var (generator, attempts) = (SeededGenerator(seed: 3), 0)
    await #expect(throws: Lasting.self) {
      try await RetryPolicy().run(using: &generator, isRetried: { $0 is Passing }) {
        attempts += 1
        throw Lasting()
      }
    }
    #expect(attempts == 1)
  }

  @Test(arguments: [(RetryPolicy.none, 1), (RetryPolicy(maxRetries: 3), 4)])
  func `It gives up after the number of retries, with the last error`(policy: RetryPolicy, count: Int) async {
    var (generator, attempts) = (SeededGenerator(seed: 4), 0)
    let error = await #expect(throws: Passing.self) {
      try await policy.run(clock: SleepingClock(), using: &generator, isRetried: { $0 is Passing }) {
        attempts += 1
        throw Passing(number: attempts)
      }
    }
    #expect(error?.number == count)
  }

  @Test func `It gives up when a retry would begin after the time limit`() async {
    let clock = SleepingClock()
    var generator = SeededGenerator(seed: 5)
    let policy = RetryPolicy(timeLimit: .seconds(30))
    await #expect(throws: Passing.self) {
      try await policy.run(clock: clock, using: &generator, isRetried: { $0 is Passing }) {
        // An attempt takes time as well.
        clock.advance(by: .seconds(1))
        throw Passing()
      }
    }
    #expect(clock.now <= SleepingClock().now.advanced(by: .seconds(31)))
    #expect(clock.sleeps.count > 5)
  }

  @Test func `Without a limit it goes on, until the task is cancelled`() async {
    let task = Task {
      var (generator, attempts) = (SeededGenerator(seed: 6), 0)
      let policy = RetryPolicy(timeLimit: nil)
      return try await policy.run(clock: SleepingClock(), using: &generator, isRetried: { $0 is Passing }) {
        attempts += 1
        if attempts == 1_000 { withUnsafeCurrentTask { $0?.cancel() } }
        if attempts > 1_000 { throw Lasting() }
        throw Passing()
      } as Int
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `Cancelling ends a pause`() async {
    let policy = RetryPolicy(
      baseSleepBetweenRetries: .seconds(1_000_000),
      maxSleepBetweenRetries: .seconds(1_000_000),
      timeLimit: nil
    )
    let (retries, continuation) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      var generator = SeededGenerator(seed: 7)
      try await policy.run(
        using: &generator,
        isRetried: { $0 is Passing },
        willRetry: { _, _ in continuation.yield() }
      ) { throw Passing() }
    }
    for await _ in retries { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  final class Told {
    var errors: [Passing] = []
    var sleeps: [Duration] = []

    func note(_ error: any Error, _ sleep: Duration) {
      if let error = error as? Passing { errors.append(error) }
      sleeps.append(sleep)
    }
  }
}
