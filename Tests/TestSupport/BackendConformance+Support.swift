import CeleryResults
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A clock that stands until it is set.
final class SettableClock: Sendable {
  private let time: Mutex<Date>

  /// Makes a clock that shows the first of January of a year, in UTC.
  init(year: Int) throws {
    guard let date = PythonDate(year: year, month: 1, day: 1), let time = PythonTime(hour: 0, minute: 0)
    else {
      throw NoSuchYear(year: year)
    }
    self.time = Mutex(PythonDateTime(date: date, time: time).moment)
  }

  /// The time that the clock shows.
  var now: Date { time.withLock { $0 } }

  /// Moves the clock on by a number of seconds.
  func advance(by seconds: Double) {
    time.withLock { $0 += seconds }
  }

  struct NoSuchYear: Error {
    let year: Int
  }
}

extension ResultBackendConfiguration {
  /// Settings with a clock.
  init(extended: Bool = false, tracebacks: TracebackPolicy = .always, clock: SettableClock) {
    self.init(resultExtended: extended, storesTraceback: tracebacks, now: { clock.now })
  }
}

extension BackendConformance {
  /// A name that nothing else uses.
  static func uniqueName(_ name: String) -> String {
    "\(name)-\(TaskID.random())"
  }

  /// A time to the microsecond, as a backend keeps it.
  static func microseconds(_ date: Date?) -> Int64? {
    date.flatMap(PythonDateTime.init)?.microsecondsSince1970
  }

  /// A request with everything in it.
  static let fullRequest = TaskRequest(
    name: "proj.tasks.add",
    args: [2],
    kwargs: ["y": 3],
    worker: "celery@h",
    periodicTaskName: "every morning",
    children: ["child"],
    meta: ["progress": 7]
  )
}
