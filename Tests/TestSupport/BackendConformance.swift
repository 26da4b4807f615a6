public import CeleryResults
public import Testing

/// What every result backend must do, as named checks.
///
/// A backend's test suite runs them all:
///
///     @Test(arguments: BackendConformance.checks)
///     func `the backend conforms`(check: BackendConformance.Check) async throws {
///       try await check.run { configuration in InMemoryBackend(configuration: configuration) }
///     }
///
/// The checks use task ids, names and years of their own, so that they can share a database and run at once.
public enum BackendConformance {
  /// A backend that is checked.
  public typealias Backend = any ResultBackend

  /// Makes a backend with the given settings.
  public typealias MakeBackend = @Sendable (ResultBackendConfiguration) async throws -> Backend

  /// One check.
  public struct Check: Sendable, CustomTestStringConvertible {
    /// What is checked, in a sentence.
    public let name: String
    /// What a backend must be able to do beside what every backend must; nil for nothing.
    public let need: Need?
    private let body: @Sendable (MakeBackend) async throws -> Void

    init(
      _ name: String,
      needing need: Need? = nil,
      body: @escaping @Sendable (MakeBackend) async throws -> Void
    ) {
      self.name = name
      self.need = need
      self.body = body
    }

    /// Runs the check on a backend; what is wrong becomes an issue of the current test.
    public func run(on makeBackend: @escaping MakeBackend) async throws {
      try await body(makeBackend)
    }

    /// The name of the check.
    public var testDescription: String { name }
  }

  /// All checks.
  public static let checks: [Check] =
    stateChecks + requestChecks + valueChecks + readingChecks + deletingChecks + listingChecks + waitingChecks
    + groupChecks + groupResultChecks + treeChecks
}
