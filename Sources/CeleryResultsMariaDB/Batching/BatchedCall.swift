/// A request, and what its caller waits for.
///
/// A class, because a batch hands it on often, and a result has many strings to count references of.
protocol BatchedCall: BatchedRequest {
  associatedtype Response: Sendable

  /// Tells the caller what became of the request; only the first call counts.
  func keep(_ outcome: Result<Response, any Error>)

  /// Waits for it, once.
  ///
  /// - Parameter onCancel: Is called when the task is cancelled. The wait ends only when the caller is told.
  /// - Throws: The error that the caller is told.
  func value(onCancel: @Sendable () -> Void) async throws -> Response
}
