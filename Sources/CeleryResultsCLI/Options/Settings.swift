import Configuration
import ResultSchema

/// The settings under Celery's and Django's names.
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
    guard let value = text("celery.result.extended") else { return false }
    switch value.lowercased() {
    case "1", "true", "yes", "on": return true
    case "0", "false", "no", "off": return false
    default: throw ToolError("CELERY_RESULT_EXTENDED=\(value) is neither true nor false")
    }
  }

  /// `CELERY_RESULT_EXPIRES`, in seconds; 0 for never.
  func resultExpires() throws -> Duration? {
    guard let value = text("celery.result.expires") else { return .seconds(86_400) }
    guard let age = Age(value) else {
      throw ToolError("CELERY_RESULT_EXPIRES=\(value) is not a number of seconds")
    }
    return age.duration == .zero ? nil : age.duration
  }

  /// The value of `DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH`.
  func taskIDMaxLength() throws -> TaskIDMaxLength {
    try TaskIDMaxLength(text("django.celery.results.task.id.max.length"))
  }

  /// The value of `MYSQL_PWD`.
  var password: String? { text("mysql.pwd", isSecret: true) }

  /// The first that is set; an empty one counts as not set.
  private func text(_ key: ConfigKey, isSecret: Bool = false) -> String? {
    places.lazy.compactMap { $0.string(forKey: key, isSecret: isSecret) }.first { !$0.isEmpty }
  }
}
