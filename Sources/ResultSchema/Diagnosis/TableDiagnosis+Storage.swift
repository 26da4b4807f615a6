extension TableDiagnosis {
  var storageFindings: [Finding] {
    engineFindings + rowFormatFindings + idFindings + checkFindings
  }

  private var engineFindings: [Finding] {
    guard found.engine != .innoDB else { return [] }
    // A server may have short indexes by default.
    let isShort = schema.facts.defaultRowFormat.hasShortIndexColumns || found.statesRowFormat
    let changes: [TableChange] = [.engine(.innoDB)] + (isShort ? [.rowFormat(.dynamic)] : [])
    return [
      Finding(
        .engine,
        at: found.name,
        "the engine is \(found.engine), and should be InnoDB",
        because:
          "without transactions a chord's counter and its results can part, a crash can lose rows, and "
          + "each store locks the whole table; the server copies the table, and nobody can store meanwhile",
        repairs: [Repair(found.name, changes)]
      )
    ]
  }

  private var rowFormatFindings: [Finding] {
    guard hasShortRowFormat else { return [] }
    return [
      Finding(
        .rowFormat,
        at: found.name,
        "the row format is \(found.rowFormat.uppercased()), and DYNAMIC would be better",
        because: "an index covers no more than 767 bytes of a column: 191 characters of utf8mb4",
        isRemark: true,
        isSafe: true,
        repairs: [Repair(found.name, [.rowFormat(.dynamic)])]
      )
    ]
  }

  /// Whether indexes cover 767 bytes only.
  var hasShortRowFormat: Bool {
    found.engine == .innoDB && RowFormat(name: found.rowFormat)?.hasShortIndexColumns ?? false
  }

  private var idFindings: [Finding] {
    let largest = ["int": Int(Int32.max), "int unsigned": Int(UInt32.max)]
    guard let id = found.column(named: "id"), let largest = largest[id.plainType], let next = found.nextID,
      next > largest / 2 + 1
    else { return [] }
    let percent = next / (largest / 100)
    return [
      Finding(
        .usedIDs,
        at: place("id"),
        "the next id is \(next), and the last that fits is \(largest): \(percent) % are used",
        because:
          "no row can be stored after the last; deleting rows frees no ids. Django's model says AutoField "
          + "(int): it reads bigint all the same. The server copies the table, and nobody can store meanwhile",
        repairs: [
          Repair(
            "ALTER TABLE \(SchemaGenerator().quoted(found.name)) MODIFY COLUMN `id` bigint NOT NULL AUTO_INCREMENT"
          )
        ]
      )
    ]
  }

  private var checkFindings: [Finding] {
    guard hasCountCheck == false, schema.facts.dialect.keepsCheckConstraints,
      let column = expected.columns.first(where: { $0.check != nil }), let check = column.check,
      found.column(named: column.name) != nil
    else { return [] }
    return [
      Finding(
        .missingCheck,
        at: place(column.name),
        "the CHECK constraint (\(check)) is missing",
        because: "Django makes it; the column is unsigned, so nothing depends on it",
        isRemark: true,
        repairs: [Repair("ALTER TABLE \(SchemaGenerator().quoted(found.name)) ADD CHECK (\(check))")]
      )
    ]
  }
}
