/// A part of a table, and the migrations between which the table has it.
struct Versioned<Element> {
  let element: Element
  /// The migration that brings it.
  let since: CeleryMigration
  /// The migration that takes it away, nil if none does.
  let until: CeleryMigration?

  init(_ element: Element, since: CeleryMigration = .initial, until: CeleryMigration? = nil) {
    self.element = element
    self.since = since
    self.until = until
  }

  func isThere(at level: CeleryMigration) -> Bool {
    since <= level && until.map { level < $0 } ?? true
  }
}

extension Versioned: Sendable where Element: Sendable {}

extension Array {
  /// The elements that a table has at a level, in their order.
  func there<Part>(at level: CeleryMigration) -> [Part] where Element == Versioned<Part> {
    filter { $0.isThere(at: level) }.map(\.element)
  }
}
