import ArgumentParser

/// A length of time as it is typed: `90` or `90s`, `30m`, `12h`, `7d`, `2w`.
struct Age: ExpressibleByArgument, Hashable {
  let duration: Duration

  init?(_ text: String) {
    var digits = Substring(text)
    var factor = 1.0
    if let unit = text.last, let seconds = Self.units[unit] {
      factor = seconds
      digits = digits.dropLast()
    }
    // Double reads hexadecimal digits and exponents as well.
    guard
      digits.utf8.allSatisfy({
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".")
      }),
      let number = Double(digits), number * factor < 1e12
    else { return nil }
    duration = .seconds(number * factor)
  }

  init?(argument: String) {
    self.init(argument)
  }

  private static let units: [Character: Double] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
}
