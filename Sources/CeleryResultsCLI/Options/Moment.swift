import ArgumentParser

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A moment as it is typed: `2026-01-31`, `2026-01-31T10:00:00Z` or with an offset, or how long ago: `2h`.
struct Moment: ExpressibleByArgument {
  let date: Date

  init?(argument: String) {
    self.init(argument, now: Date())
  }

  init?(_ text: String, now: Date) {
    if let age = Age(text), text.last?.isLetter == true {
      date = now.addingTimeInterval(-(age.duration / .seconds(1)))
    } else if let day = try? Date(text, strategy: .iso8601.year().month().day()), text.count == 10 {
      date = day
    } else if let moment = (try? Date(text, strategy: .iso8601))
      ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    {
      date = moment
    } else {
      return nil
    }
  }
}
