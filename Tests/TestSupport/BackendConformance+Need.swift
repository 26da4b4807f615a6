import CeleryResults
import Testing

extension BackendConformance {
  /// What some backends cannot have by their nature.
  public enum Need: Sendable, CaseIterable {
    /// A list of what is stored.
    case listing
    /// `date_created` and `date_started`, which Celery writes into tables only.
    case datesOfOtherStates
    /// When a group was saved, which Celery writes into tables only.
    case datesOfGroups
    /// Deleting by age, whatever the time-out was when a result was stored.
    case cleanupByAge

    /// Why a cache cannot have it.
    public var reasonOfCaches: String {
      switch self {
      case .listing: "a cache is asked for keys that are known, and cannot list what it has"
      case .datesOfOtherStates: "what Celery writes into a cache has no date_created and no date_started"
      case .datesOfGroups: "what Celery writes of a group into a cache has no dates"
      case .cleanupByAge: "each value of a cache expires at its own time, which was set when it was stored"
      }
    }
  }

  /// The checks that a cache can pass.
  public static var checksOfCaches: [Check] { checks.filter { $0.need == nil } }

  /// Says which checks a cache is not held to, and why.
  public static func reportWhatCachesLeaveOut(_ name: String) {
    for check in checks {
      if let need = check.need { print("\(name) leaves out \"\(check.name)\": \(need.reasonOfCaches)") }
    }
    for check in chordChecks {
      print(
        "\(name) leaves out \"\(check.name)\": Celery counts the chords of a cache with a task, chord_unlock"
      )
    }
  }

  /// A backend that can list what it keeps.
  static func listing(_ backend: Backend) throws -> any ResultBackend & TaskResultListing {
    try #require(backend as? any ResultBackend & TaskResultListing)
  }
}
