import CeleryResults
import Configuration
import ResultSchema

/// The settings under Celery's and Django's names, and those that neither has.
struct Settings {
  /// Where the settings may be, the place that wins first.
  private let places: [ConfigReader]

  /// Makes the settings of the places where they may be.
  ///
  /// - Parameter providers: The places, the one that wins first.
  init(_ providers: [any ConfigProvider]) {
    places = providers.map { ConfigReader(provider: $0) }
  }

  /// The value of `CELERY_RESULT_BACKEND`.
  var resultBackend: String? { text("celery.result.backend", isSecret: true) }

  /// The value of `CELERY_RESULT_EXTENDED`.
  func resultExtended() throws -> Bool {
    try flag("celery.result.extended", "CELERY_RESULT_EXTENDED")
  }

  /// The values of `CELERY_RESULT_BACKEND_ALWAYS_RETRY` and those beside it.
  ///
  /// Who types a command wants to know at once that there is no server, so the tool tries again only when it is
  /// asked to, as Celery does.
  func retryPolicy() throws -> RetryPolicy {
    guard try flag("celery.result.backend.always.retry", "CELERY_RESULT_BACKEND_ALWAYS_RETRY") else {
      return .none
    }
    var policy = RetryPolicy()
    policy.maxRetries = try number(
      "celery.result.backend.max.retries",
      "CELERY_RESULT_BACKEND_MAX_RETRIES"
    )
    if let base = try number(
      "celery.result.backend.base.sleep.between.retries.ms",
      "CELERY_RESULT_BACKEND_BASE_SLEEP_BETWEEN_RETRIES_MS"
    ) {
      policy.baseSleepBetweenRetries = .milliseconds(base)
    }
    if let longest = try number(
      "celery.result.backend.max.sleep.between.retries.ms",
      "CELERY_RESULT_BACKEND_MAX_SLEEP_BETWEEN_RETRIES_MS"
    ) {
      policy.maxSleepBetweenRetries = .milliseconds(longest)
    }
    return policy
  }

  /// `CELERY_RESULT_EXPIRES`, in seconds; 0 for never.
  func resultExpires() throws -> Duration? {
    guard let value = text("celery.result.expires") else { return .seconds(86_400) }
    guard let age = Age(value) else {
      throw ToolError("CELERY_RESULT_EXPIRES=\(value) is not a number of seconds")
    }
    return age.duration == .zero ? nil : age.duration
  }

  /// `CELERY_RESULT_SERIALIZER`, by its name in Celery.
  func resultSerializer() throws -> ResultSerializer {
    guard let value = text("celery.result.serializer") else { return .json }
    guard let serializer = ResultSerializer(value) else {
      throw ToolError(
        "CELERY_RESULT_SERIALIZER=\(value) is none of "
          + ResultSerializer.all.map(\.name).joined(separator: ", ")
      )
    }
    return serializer
  }

  /// The value of `DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH`.
  func taskIDMaxLength() throws -> TaskIDMaxLength {
    try TaskIDMaxLength(text("django.celery.results.task.id.max.length"))
  }

  /// The value of `CELERY_RESULTS_FOLLOW_BINARY_LOG`, which Celery does not have.
  func followsBinaryLog() throws -> Bool {
    try flag("celery.results.follow.binary.log", "CELERY_RESULTS_FOLLOW_BINARY_LOG")
  }

  /// The value of `MYSQL_PWD`.
  var password: String? { text("mysql.pwd", isSecret: true) }

  private func flag(_ key: ConfigKey, _ name: String) throws -> Bool {
    guard let value = text(key) else { return false }
    switch value.lowercased() {
    case "1", "true", "yes", "on": return true
    case "0", "false", "no", "off": return false
    default: throw ToolError("\(name)=\(value) is neither true nor false")
    }
  }

  private func number(_ key: ConfigKey, _ name: String) throws -> Int? {
    guard let value = text(key) else { return nil }
    guard let number = Int(value), number >= 0 else {
      throw ToolError("\(name)=\(value) is not a whole number")
    }
    return number
  }

  /// The first that is set; an empty one counts as not set.
  private func text(_ key: ConfigKey, isSecret: Bool = false) -> String? {
    places.lazy.compactMap { $0.string(forKey: key, isSecret: isSecret) }.first { !$0.isEmpty }
  }
}
