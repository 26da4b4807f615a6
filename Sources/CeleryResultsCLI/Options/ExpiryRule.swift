import ArgumentParser
import CeleryResults

/// What expires otherwise than the rest, as it is typed: `FAILURE=30d`, `proj.*=7d`, `proj.invoice=never`.
struct ExpiryRule: ExpressibleByArgument, Hashable {
  let name: String
  let expiry: CleanupPolicy.Expiry

  init?(argument: String) {
    guard let equals = argument.lastIndex(of: "="), equals > argument.startIndex else { return nil }
    let time = argument[argument.index(after: equals)...]
    name = String(argument[..<equals])
    if time == "never" {
      expiry = .never
    } else {
      guard let age = Age(String(time)) else { return nil }
      expiry = .after(age.duration)
    }
  }
}
