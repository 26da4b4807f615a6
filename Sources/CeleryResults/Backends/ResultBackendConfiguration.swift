#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// The settings that all result backends share, under Celery's names.
public struct ResultBackendConfiguration: Sendable {
  /// When the traceback of an exception is stored.
  public struct TracebackPolicy: Hashable, Sendable {
    private enum Value {
      case always
      case whenExtended
    }

    private let value: Value

    /// Always.
    public static let always = TracebackPolicy(value: .always)
    /// Only when results are extended, as django-celery-results does.
    public static let whenExtended = TracebackPolicy(value: .whenExtended)
  }

  /// After what time `cleanup()` deletes a result: `result_expires`.
  ///
  /// Nil keeps results for ever.
  public var resultExpires: Duration?
  /// Whether name, arguments, worker and periodic name are stored: `result_extended`.
  public var resultExtended: Bool
  /// When the traceback of an exception is stored.
  public var storesTraceback: TracebackPolicy
  /// How long a waiting backend that has to ask pauses between two questions: `interval` of Celery's `get`.
  public var pollingInterval: Duration
  /// The clock that gives every date that is stored.
  public var now: @Sendable () -> Date

  /// Makes a configuration.
  ///
  /// The defaults are Celery's, except that tracebacks are always stored.
  ///
  /// - Parameters:
  ///   - resultExpires: After what time `cleanup()` deletes a result, or nil for never.
  ///   - resultExtended: Whether name, arguments, worker and periodic name are stored.
  ///   - storesTraceback: When the traceback of an exception is stored.
  ///   - pollingInterval: The pause between two questions while waiting.
  ///   - now: The clock.
  public init(
    resultExpires: Duration? = .seconds(86_400),
    resultExtended: Bool = false,
    storesTraceback: TracebackPolicy = .always,
    pollingInterval: Duration = .milliseconds(500),
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.resultExpires = resultExpires
    self.resultExtended = resultExtended
    self.storesTraceback = storesTraceback
    self.pollingInterval = pollingInterval
    self.now = now
  }
}
