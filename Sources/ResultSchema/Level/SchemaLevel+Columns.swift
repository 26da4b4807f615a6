extension SchemaLevel {
  /// The levels at which each table that was found has exactly its columns, in one piece.
  ///
  /// - Parameters:
  ///   - columns: The names of the columns of each table that was found.
  ///   - isWhole: Whether no table of the level may be missing.
  static func levels(
    of columns: [String: Set<String>],
    whole isWhole: Bool
  ) -> ClosedRange<CeleryMigration>? {
    let fitting = CeleryMigration.allCases.filter { level in
      let expected = expected(at: level)
      return columns.allSatisfy { expected[$0.key] == $0.value }
        && (!isWhole || columns.count == expected.count)
    }
    guard let first = fitting.first, let last = fitting.last else { return nil }
    return first...last
  }

  /// Whether the columns are those of a level, with some of what the next migration brings or takes away.
  static func isBegun(_ next: CeleryMigration, in columns: [String: Set<String>]) -> Bool {
    guard let level = CeleryMigration(number: next.number - 1) else { return false }
    let before = expected(at: level)
    let after = expected(at: next)
    return before.keys.allSatisfy { columns[$0] != nil }
      && columns.allSatisfy { name, found in
        let old = before[name] ?? after[name] ?? []
        guard let new = after[name] else { return false }
        return found.isSuperset(of: old.intersection(new)) && found.isSubset(of: old.union(new))
      }
  }

  /// The names of the columns that a table has at any level.
  static let known: [String: Set<String>] = CeleryMigration.allCases.reduce(into: [:]) { known, level in
    known.merge(expected(at: level)) { $0.union($1) }
  }

  /// The names of the columns of each table at a level.
  static func expected(at level: CeleryMigration) -> [String: Set<String>] {
    CeleryTables.all(at: level, taskIDMaxLength: TaskIDMaxLength.standardLength)
      .reduce(into: [:]) { $0[$1.name] = Set($1.columns.map(\.name)) }
  }
}
