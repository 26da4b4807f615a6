/// What is wrong with Django's ledger, and how far the tables are.
struct LedgerDiagnosis {
  let found: FoundSchema
  /// The level that ledger and tables show.
  let level: CeleryMigration

  private static let migrate = "celery-results migrate"
  private static let place = DjangoMigrations.tableName

  var findings: [Finding] {
    let state = found.level
    if state.state == .absent {
      return [
        Finding(
          .noTables,
          at: "database",
          "\(state)",
          because: "nothing can be stored",
          command: Self.migrate
        )
      ]
    }
    return unknownMigrations + missingRows + oldLevel
  }

  private var unknownMigrations: [Finding] {
    found.ledgerNames.filter { CeleryMigration(rawValue: $0) == nil }.map { name in
      Finding(
        .unknownMigration,
        at: Self.place,
        "the ledger has \(name), which is none of the 14 migrations of \(CeleryMigration.app)",
        because: "a newer release or somebody's own migration may have changed the tables, so migrate "
          + "refuses them; delete the row only if no Django has this migration",
        repairs: [
          Repair(
            "DELETE FROM \(Self.place) WHERE app = '\(CeleryMigration.app)' AND name = \(Self.literal(name))"
          )
        ]
      )
    }
  }

  private var missingRows: [Finding] {
    let known = Set(found.ledgerNames)
    let missing = CeleryMigration.allCases.filter { $0 <= level && !known.contains($0.rawValue) }
    guard !missing.isEmpty else { return [] }
    let ledger = SchemaGenerator().createTable(DjangoMigrations.table, ifMissing: true)
    let rows = missing.map { Repair(DjangoMigrations.insertStatement($0)) }
    return [
      Finding(
        .missingLedgerRows,
        at: Self.place,
        "the ledger lacks \(missing.map(\.digits).joined(separator: ", ")), and the tables show that they are done",
        because: "manage.py migrate would do them again, and stop at a table or column that is there",
        isSafe: found.level.catalogLevels?.contains(level) ?? false,
        repairs: found.ledgerNames.isEmpty ? [Repair(ledger)] + rows : rows
      )
    ]
  }

  private var oldLevel: [Finding] {
    guard level < .newest else { return [] }
    return [
      Finding(
        .oldLevel,
        at: "database",
        "\(found.level)",
        because: "the newest level is \(CeleryMigration.newest.digits); columns and indexes are missing that "
          + "django-celery-results 2.6 uses",
        command: Self.migrate
      )
    ]
  }

  /// A text as SQL has it, whatever sql_mode says of backslashes.
  static func literal(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    let isPlain = text.unicodeScalars.allSatisfy { $0.isASCII && $0 != "'" && $0 != "\\" && $0.value >= 32 }
    if isPlain { return "'\(text)'" }
    let hex = text.utf8.map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
    return "CONVERT(x'\(hex)' USING utf8mb4)"
  }
}
