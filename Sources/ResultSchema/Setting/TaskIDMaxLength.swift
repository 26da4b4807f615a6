/// The setting DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH: how many characters task_id, task_name and group_id have.
public enum TaskIDMaxLength: Sendable, Hashable {
  /// As many as django-celery-results takes when the setting is absent: 255.
  case standard
  /// This many characters, as the user said.
  case length(Int)
  /// As many as fit on the server, and at most 255.
  case auto

  /// The environment variable that holds the setting, as django-celery-results names it.
  public static let variable = "DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH"

  /// The length when nothing is said, and the most that ``auto`` takes.
  public static let standardLength = 255

  /// Reads the setting's value.
  ///
  /// - Parameter value: nil or empty for ``standard``, `auto` in any case, or a whole number of at least 1.
  /// - Throws: ``TaskIDMaxLengthError`` for anything else; it does not know the largest that would do yet.
  public init(_ value: String?) throws(TaskIDMaxLengthError) {
    guard let value, !value.isEmpty else {
      self = .standard
      return
    }
    if value.lowercased() == "auto" {
      self = .auto
      return
    }
    guard value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      throw TaskIDMaxLengthError(.notAWholeNumber, value: value)
    }
    // Digits that no Int can hold are more than any server can index.
    guard let length = Int(value) else { throw TaskIDMaxLengthError(.tooLong, value: value) }
    guard length >= 1 else { throw TaskIDMaxLengthError(.notAWholeNumber, value: value) }
    self = .length(length)
  }
}
