import ResultSchema
import Testing

@Suite struct DiagnosisTests {
  static let facts = ServerFacts(dialect: Dialect(flavor: .mariaDB, version: ServerVersion(10, 11)))
  static let task = CeleryTables.taskResultName
  static let chord = CeleryTables.chordCounterName

  private func faults(_ found: FoundSchema, stated: Int? = nil) -> [Finding] {
    Diagnosis(found: found, facts: Self.facts, statedLength: stated).faults
  }

  @Test(arguments: CeleryMigration.allCases)
  func `Tables as they should be have no fault but their level`(level: CeleryMigration) {
    #expect(faults(.made(at: level)).map(\.kind) == (level == .newest ? [] : [.oldLevel]))
  }

  @Test(arguments: [
    ("int", 1 << 30, false), ("int", (1 << 30) + 1, true), ("bigint(20)", 1 << 40, false),
    ("int(11)", 1_073_741_900, true), ("int(10) unsigned", 2_000_000_000, false),
    ("int unsigned", (1 << 31) + 1, true),
  ])
  func `Half of the ids is the border`(type: String, next: Int, isFault: Bool) {
    var found = FoundSchema.made()
    found.change(Self.task) { table in
      table.columns[0].type = type
      table.nextID = next
    }
    #expect(faults(found).map(\.kind) == (isFault ? [.usedIDs] : []))
  }

  @Test func `A migration on its way is named once`() {
    var found = FoundSchema.made(at: .taskResultWorker)
    found.change(Self.task) { table in
      var column = table.columns[6]
      column.name = "date_created"
      column.defaultValue = "'1000-01-01 00:00:00.000000'"
      table.columns.append(column)
    }
    #expect(faults(found).map(\.kind) == [.oldLevel])
  }

  @Test func `A prefix where the whole does not fit is no finding`() {
    var found = FoundSchema.made(length: 191, rowFormat: "Compact")
    found.change(Self.task) { table in
      for position in table.indexes.indices where table.indexes[position].column == "periodic_task_name" {
        table.indexes[position].prefixLength = 100
      }
    }
    let diagnosis = Diagnosis(found: found, facts: Self.facts)
    #expect(diagnosis.faults == [])
    #expect(Set(diagnosis.remarks.map(\.kind)) == [.rowFormat, .caseInsensitiveID])
  }

  @Test func `An index that does not fit comes with the row format or the length that lets it`() {
    var found = FoundSchema.made(rowFormat: "Compact")
    found.change(Self.chord) { $0.indexes.removeAll { $0.name == "group_id" } }
    let fault = faults(found).first { $0.kind == .missingIndex }
    #expect(
      fault?.statements == [
        "ALTER TABLE `\(Self.chord)` ROW_FORMAT=DYNAMIC, ADD UNIQUE KEY `group_id` (`group_id`)"
      ]
    )
    found.change(Self.chord) { $0.engine = .myISAM }
    let other = faults(found).first { $0.kind == .missingIndex }
    #expect(other?.statements == [])
    #expect(other?.isSafe == false)
    #expect(other?.command == "celery-results resize 191")
  }

  @Test func `Lengths are lengthened by SQL and shortened by resize alone`() {
    var found = FoundSchema.made()
    found.change(Self.task) { table in
      table.columns[1].type = "varchar(191)"
      table.columns[1].characters = 191
    }
    let mixed = faults(found)
    #expect(mixed.map(\.kind) == [.length])
    #expect(mixed.first?.command == "celery-results resize 255")
    #expect(mixed.first?.statements.count == 1)
    #expect(mixed.first?.statements.first?.contains("`task_id` varchar(255)") == true)
    #expect(faults(found, stated: 191).first?.command == "celery-results resize 191")
    #expect(faults(found, stated: 191).first?.statements == [])
    #expect(faults(.made(), stated: 255) == [])
  }

  @Test func `Ledger rows are safe to write only where the tables show a level`() {
    var found = FoundSchema.made()
    found.ledgerNames.removeAll { $0.hasPrefix("0010") || $0.hasPrefix("0014") }
    let fault = faults(found)
    #expect(fault.map(\.kind) == [.missingLedgerRows, .oldLevel])
    #expect(fault.first?.statements.count == 1)
    #expect(fault.first?.isSafe == true)
    found.change(Self.task) { $0.columns.removeAll { $0.name == "worker" } }
    let without = faults(found).first { $0.kind == .missingLedgerRows }
    #expect(without?.isSafe == false)
  }

  @Test func `Ids of bytes and of ASCII are as they may be`() {
    var found = FoundSchema.made()
    for name in CeleryTables.names {
      found.change(name) { table in
        for position in table.columns.indices
        where ["task_id", "group_id"].contains(table.columns[position].name) {
          table.columns[position].characterSet = "ascii"
          table.columns[position].collation = "ascii_bin"
          table.columns[position].bytesPerCharacter = 1
        }
      }
    }
    #expect(Diagnosis(found: found, facts: Self.facts).findings == [])
  }

  @Test func `A missing primary key is named, and not made in passing`() {
    var found = FoundSchema.made()
    found.change(Self.task) { $0.indexes.removeFirst() }
    #expect(faults(found).map(\.kind) == [.missingIndex])
    #expect(faults(found).first?.statements == ["ALTER TABLE `\(Self.task)` ADD PRIMARY KEY (`id`)"])
    #expect(faults(found).first?.isSafe == false)
  }
}
