extension SchemaLevel: CustomStringConvertible {
  /// What is there, in one sentence without a full stop, for a message that refuses it.
  public var description: String {
    switch state {
    case .absent: "neither the tables nor their ledger rows are there"
    case .current: "the tables are at level \(Self.name(of: .alterTaskResultStatus))"
    case .at(let migration): "the tables are at level \(Self.name(of: migration))"
    case .begun(let migration):
      "the tables are on their way to level \(Self.name(of: migration))"
    case .tablesAhead(let levels):
      "the tables of level \(Self.name(of: levels)) are there, but Django's ledger ends before it"
    case .tablesWithoutLedger(let levels):
      "the tables of level \(Self.name(of: levels)) are there, but Django's ledger does not know them"
    case .ledgerWithoutTables:
      "Django's ledger has \(ledgerNames.count) migrations of \(CeleryMigration.app), but the tables are not there"
    case .unknown: unknownDescription
    }
  }

  private var unknownDescription: String {
    let tables = catalogLevels.map { "tables of level \(Self.name(of: $0))" } ?? "tables of no known level"
    let unknown = ledgerNames.filter { CeleryMigration(rawValue: $0) == nil }
    if !unknown.isEmpty {
      return "\(tables), and a ledger with unknown migrations: \(unknown.joined(separator: ", "))"
    }
    if let applied = Self.lastApplied(in: ledgerNames) {
      return "\(tables), but a ledger of level \(Self.name(of: applied))"
    }
    let known = Set(ledgerNames)
    let last = ledgerNames.compactMap(CeleryMigration.init(rawValue:)).max()
    let missing = CeleryMigration.allCases.filter { migration in
      last.map { migration < $0 } ?? false && !known.contains(migration.rawValue)
    }
    if missing.isEmpty { return "\(tables), and an empty ledger" }
    return "\(tables), and a ledger without \(missing.map(\.digits).joined(separator: ", "))"
  }

  private static func name(of migration: CeleryMigration) -> String {
    migration.release.map { "\(migration.digits) (django-celery-results \($0))" } ?? migration.digits
  }

  private static func name(of levels: ClosedRange<CeleryMigration>) -> String {
    guard levels.lowerBound != levels.upperBound else { return name(of: levels.upperBound) }
    return "\(levels.lowerBound.digits) to \(name(of: levels.upperBound))"
  }
}

extension CeleryMigration {
  /// The releases of django-celery-results whose last migration this is, nil if there is none.
  public var release: String? {
    switch self {
    case .initial: "1.0.1"
    case .auto20181106: "1.0.4"
    case .auto20190516: "1.1"
    case .removeTaskResultHidden: "1.2"
    case .chordCounter: "2.0"
    case .groupResult: "2.1"
    case .removeDuplicateIndices: "2.2"
    case .taskResultPeriodicTaskName: "2.3 to 2.5"
    case .alterTaskResultStatus: "2.6"
    default: nil
    }
  }
}
