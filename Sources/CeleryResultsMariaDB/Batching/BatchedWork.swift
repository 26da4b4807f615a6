/// What is done with requests that come at the same time.
protocol BatchedWork: Sendable {
  associatedtype Call: BatchedCall

  /// Does one request, in the task of its caller.
  func alone(_ call: Call) async throws -> Call.Response

  /// Does several, and says what became of each, in their order.
  ///
  /// When its task is cancelled nobody waits any more.
  func together(_ calls: [Call]) async -> [Result<Call.Response, any Error>]
}
