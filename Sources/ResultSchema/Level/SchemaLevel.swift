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
    /// The migrations before this one are in the ledger, and the tables have some of what it does.
    case begun(CeleryMigration)
    /// There are tables but no ledger rows; the tables look like one of these levels, though some may be missing.
    case tablesWithoutLedger(ClosedRange<CeleryMigration>)
    /// The tables look like one of these levels, and the ledger has only migrations before them.
    case tablesAhead(ClosedRange<CeleryMigration>)
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
    // What somebody has added says nothing of the level.
    let found = columns.filter { CeleryTables.names.contains($0.key) }
      .reduce(into: [:]) { $0[$1.key] = $1.value.intersection(Self.known[$1.key] ?? []) }
    let levels = found.isEmpty ? nil : Self.levels(of: found, whole: !ledgerNames.isEmpty)
    catalogLevels = levels
    let applied = Self.lastApplied(in: ledgerNames)
    switch (ledgerNames.isEmpty, found.isEmpty) {
    case (true, true): state = .absent
    case (false, true): state = .ledgerWithoutTables
    case (true, false): state = levels.map { .tablesWithoutLedger($0) } ?? .unknown
    case (false, false):
      state = applied.map { Self.state(applied: $0, levels, found) } ?? .unknown
    }
  }

  private static func state(
    applied: CeleryMigration,
    _ catalogLevels: ClosedRange<CeleryMigration>?,
    _ columns: [String: Set<String>]
  ) -> State {
    if let catalogLevels, catalogLevels.contains(applied) {
      return applied == .newest ? .current : .at(applied)
    }
    if let next = CeleryMigration(number: applied.number + 1), isBegun(next, in: columns) {
      return .begun(next)
    }
    if let catalogLevels, catalogLevels.lowerBound > applied { return .tablesAhead(catalogLevels) }
    return .unknown
  }

  /// How many migrations need not be looked at again; nil when ledger and tables do not say it.
  ///
  /// Where the ledger says less than the tables show, the first migration that may have made them is looked at
  /// again: each of its steps asks whether it is done.
  public var migrationsDone: Int? {
    switch state {
    case .absent: 0
    case .current: CeleryMigration.newest.number
    case .at(let migration): migration.number
    case .begun(let migration): migration.number - 1
    case .tablesWithoutLedger(let levels), .tablesAhead(let levels): levels.lowerBound.number - 1
    case .ledgerWithoutTables, .unknown: nil
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
