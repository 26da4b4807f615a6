import Configuration
import ResultSchema

/// The settings under Celery's and Django's names.
struct Settings {
  private let reader: ConfigReader

  init(_ reader: ConfigReader) {
    self.reader = reader
  }

  /// `CELERY_RESULT_BACKEND`
  var resultBackend: String? { text("celery.result.backend", isSecret: true) }

  /// `CELERY_RESULT_EXTENDED`
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

  /// `DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH`
  func taskIDMaxLength() throws -> TaskIDMaxLength {
    try TaskIDMaxLength(text("django.celery.results.task.id.max.length"))
  }

  /// `MYSQL_PWD`, as every MySQL client reads it.
  var password: String? { text("mysql.pwd", isSecret: true) }

  /// An empty variable counts as not set.
  private func text(_ key: ConfigKey, isSecret: Bool = false) -> String? {
    reader.string(forKey: key, isSecret: isSecret).flatMap { $0.isEmpty ? nil : $0 }
  }
}
