/// How far the tables in a database are, from what Django's ledger and the catalogue say.
public struct SchemaLevel: Sendable, Hashable {
  /// What the ledger and the catalogue say together.
  public enum State: Sendable, Hashable {
    /// Neither tables nor ledger rows.
    case absent
    /// Every migration is in the ledger, and the tables look like it.
    case current
    /// The migrations up to this one are in the ledger, and the tables look like it.
    case at(CeleryMigration)
    /// There are tables but no ledger rows; the tables look like one of these levels.
    case tablesWithoutLedger(ClosedRange<CeleryMigration>)
    /// There are ledger rows but no tables.
    case ledgerWithoutTables
    /// Ledger and tables contradict each other, or the ledger has gaps or names nobody knows.
    case unknown
  }

  /// What ledger and catalogue say together.
  public var state: State
  /// The ledger's names for the app, in the order in which they were given.
  public var ledgerNames: [String]
  /// The levels whose tables have the columns found; nil when there are no tables or no level has these.
  public var catalogLevels: ClosedRange<CeleryMigration>?

  /// Finds the level.
  ///
  /// - Parameters:
  ///   - ledgerNames: the names in `django_migrations` for the app, empty if that table is not there.
  ///   - columns: the names of the columns of each of ``CeleryTables/names`` that is there.
  public init(ledgerNames: [String], columns: [String: Set<String>]) {
    self.ledgerNames = ledgerNames
    let found = columns.filter { CeleryTables.names.contains($0.key) }
    catalogLevels = Self.levels(of: found)
    let applied = Self.lastApplied(in: ledgerNames)
    switch (ledgerNames.isEmpty, found.isEmpty) {
    case (true, true): state = .absent
    case (false, true): state = .ledgerWithoutTables
    case (true, false): state = catalogLevels.map { .tablesWithoutLedger($0) } ?? .unknown
    case (false, false):
      if let applied, let catalogLevels, catalogLevels.contains(applied) {
        state = applied == CeleryMigration.allCases.last ? .current : .at(applied)
      } else {
        state = .unknown
      }
    }
  }

  /// The last migration of a ledger that has every one before it as well and no unknown name; else nil.
  static func lastApplied(in names: [String]) -> CeleryMigration? {
    let known = Set(names.compactMap(CeleryMigration.init(rawValue:)))
    let isKnown = known.count == Set(names).count
    guard isKnown, let last = known.max(), last.number == known.count else { return nil }
    return last
  }
}
