public import Testing

/// Lets only a few tests of a suite's kind run at a time.
///
/// Swift Testing starts all at once: hundreds of them would outrun the servers' connections and timeouts.
public struct FewAtATimeTrait: TestTrait, SuiteTrait, TestScoping {
  private static let places = TestPlaces(count: 4)

  /// Holds for every test of the suite.
  public var isRecursive: Bool { true }

  /// Each test case is bounded by itself.
  public func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? {
    testCase == nil ? nil : self
  }

  /// Waits for a place, and runs the test.
  public func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @Sendable @concurrent () async throws -> Void
  ) async throws {
    await Self.places.take()
    defer { Self.places.giveBack() }
    try await function()
  }
}

extension Trait where Self == FewAtATimeTrait {
  /// Lets only a few of all tests with this trait run at a time.
  public static var fewAtATime: Self { FewAtATimeTrait() }
}
