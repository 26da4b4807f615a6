import ArgumentParser
import CeleryResults

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A moment as it is typed, in UTC where it has no offset.
///
/// `2026-01-31`, `2026-01-31T10:00:00+02:00`, `2026-01-31 10:00:00.5` as this tool prints it, or how long ago:
/// `2h`.
struct Moment: ExpressibleByArgument {
  let date: Date

  init?(argument: String) {
    self.init(argument, now: Date())
  }

  init?(_ text: String, now: Date) {
    if let age = Age(text), text.last?.isLetter == true {
      date = now.addingTimeInterval(-(age.duration / .seconds(1)))
    } else if let moment = Self.date(text) {
      date = moment
    } else {
      return nil
    }
  }

  private static func date(_ text: String) -> Date? {
    let day = text.prefix(10)
    let rest = text.dropFirst(10)
    guard isDay(day), rest.isEmpty || rest.first == "T" || rest.first == " " else { return nil }
    guard !rest.isEmpty else { return try? Date("\(day)T00:00:00Z", strategy: .iso8601) }
    var time = rest.dropFirst().prefix { !"Z+-".contains($0) }
    let offset = rest.dropFirst(1 + time.count)
    if time.count == 5 { time += ":00" }
    guard isTime(time) else { return nil }
    let moment = "\(day)T\(time)\(offset.isEmpty ? "Z" : offset)"
    return (try? Date(moment, strategy: .iso8601))
      ?? (try? Date(moment, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
  }

  /// Foundation takes 25 o'clock for 1 o'clock of the next day.
  private static func isTime(_ text: Substring) -> Bool {
    let parts = text.prefix(8).split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2] else {
      return false
    }
    return PythonTime(hour: hour, minute: minute, second: second) != nil
  }

  /// Foundation takes 30 February for 2 March.
  private static func isDay(_ text: Substring) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2])
    else { return false }
    return PythonDate(year: year, month: month, day: day) != nil
  }
}
