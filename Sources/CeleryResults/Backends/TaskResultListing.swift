/// A backend that can list what it keeps.
public protocol TaskResultListing: Sendable {
  /// Reads the results that match a query, those stored last first.
  ///
  /// - Throws: The backend's own error.
  func listResults(matching query: TaskResultQuery) async throws -> TaskResultPage
}

/// One page of a list of results.
public struct TaskResultPage: Sendable {
  /// The results, those stored last first.
  public var results: [TaskResult]
  /// Where the next page starts; nil when this is the last page.
  public var next: TaskResultCursor?

  /// Makes a page.
  public init(results: [TaskResult], next: TaskResultCursor?) {
    self.results = results
    self.next = next
  }
}
