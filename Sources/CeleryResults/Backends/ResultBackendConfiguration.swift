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

  /// What a store does with what is known about its task.
  public struct StorePolicy: Hashable, Sendable {
    private enum Value {
      case protectsSuccess
      case lastWriteWins
    }

    private let value: Value

    /// SUCCESS stays whatever comes later, as in Celery's key-value backends, and nothing that is known about
    /// a task is lost in a store that does not know it.
    ///
    /// `EncodedTaskResult.merged(over:policy:)` says it column by column.
    public static let protectsSuccess = StorePolicy(value: .protectsSuccess)
    /// Every store overwrites, as in django-celery-results: SUCCESS too, and names and children with nothing.
    public static let lastWriteWins = StorePolicy(value: .lastWriteWins)
  }

  /// After what time `cleanup()` deletes a result: `result_expires`.
  ///
  /// Nil keeps results for ever.
  public var resultExpires: Duration?
  /// Whether name, arguments, worker and periodic name are stored: `result_extended`.
  public var resultExtended: Bool
  /// When the traceback of an exception is stored.
  public var storesTraceback: TracebackPolicy
  /// What a store does with what is known about its task.
  public var storePolicy: StorePolicy
  /// When and how often what failed for a reason that passes is tried again: `result_backend_always_retry`.
  public var retryPolicy: RetryPolicy
  /// What results are written with: `result_serializer`.
  public var resultSerializer: ResultSerializer
  /// Which content types are read: `result_accept_content`, or `accept_content` in its place.
  ///
  /// A result of any other is refused, as by Celery; to write with another serialiser does not change that. It
  /// is safe to allow all: nothing that is stored is ever executed.
  public var acceptContent: Set<ContentType>
  /// How long a waiting backend that has to ask pauses between two questions: `interval` of Celery's `get`.
  ///
  /// Nil leaves it to the backend: 50 milliseconds where all who wait share the questions, as in
  /// `DatabaseBackend`, and Celery's 0.5 seconds where each asks for itself.
  public var pollingInterval: Duration?
  /// The clock that gives every date that is stored.
  public var now: @Sendable () -> Date

  /// Makes a configuration.
  ///
  /// The defaults are Celery's, except that tracebacks are always stored, that SUCCESS is protected as in its
  /// key-value backends, and that lost connections and their like are tried again for 30 seconds.
  ///
  /// - Parameters:
  ///   - resultExpires: After what time `cleanup()` deletes a result, or nil for never.
  ///   - resultExtended: Whether name, arguments, worker and periodic name are stored.
  ///   - storesTraceback: When the traceback of an exception is stored.
  ///   - storePolicy: What a store does with what is known about its task.
  ///   - retryPolicy: When and how often what failed for a reason that passes is tried again.
  ///   - resultSerializer: What results are written with.
  ///   - acceptContent: Which content types are read.
  ///   - pollingInterval: The pause between two questions while waiting; nil leaves it to the backend.
  ///   - now: The clock.
  public init(
    resultExpires: Duration? = .seconds(86_400),
    resultExtended: Bool = false,
    storesTraceback: TracebackPolicy = .always,
    storePolicy: StorePolicy = .protectsSuccess,
    retryPolicy: RetryPolicy = RetryPolicy(),
    resultSerializer: ResultSerializer = .json,
    acceptContent: Set<ContentType> = [.json],
    pollingInterval: Duration? = nil,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.resultExpires = resultExpires
    self.resultExtended = resultExtended
    self.storesTraceback = storesTraceback
    self.storePolicy = storePolicy
    self.retryPolicy = retryPolicy
    self.resultSerializer = resultSerializer
    self.acceptContent = acceptContent
    self.pollingInterval = pollingInterval
    self.now = now
  }
}
