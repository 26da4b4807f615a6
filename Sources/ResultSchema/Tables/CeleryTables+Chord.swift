extension CeleryTables {
  /// The name of this project's own table of chords, of which Django does not know.
  public static let chordName = "celery_results_chord"

  /// The names of Django's tables and of this project's own.
  public static let namesWithChord = names + [chordName]

  /// One row for each chord whose body has to be sent: what the table of chord counters cannot hold.
  ///
  /// - Parameter taskIDMaxLength: Characters of group_id.
  public static func chord(taskIDMaxLength: Int) -> Table {
    Table(
      name: chordName,
      columns: [
        Column("id", .unsignedInt, isAutoIncrement: true),
        Column("group_id", .varchar(taskIDMaxLength), hasTaskIDLength: true),
        Column("header", .longtext),
        Column("body", .longtext, isNullable: true),
        Column("parts", .longtext, isNullable: true),
        Column("date_created", .datetime6),
        Column("claim_token", .varchar(64), isNullable: true),
        Column("claimed_until", .datetime6, isNullable: true),
        Column("date_closed", .datetime6, isNullable: true),
      ],
      indexes: [
        .primaryKey(on: "id"),
        Index("group_id", .unique, on: "group_id"),
        Index("celery_results_chord_closed_idx", .plain, on: "date_closed"),
      ]
    )
  }
}

extension CelerySchema {
  /// This project's own table of chords, where it belongs to the schema.
  ///
  /// It is made for the table of chord counters: with the length, character set, engine and row format that
  /// this has.
  package var chordTable: Table? {
    guard hasChordTable, level >= .chordCounter else { return nil }
    return asFound(CeleryTables.chord(taskIDMaxLength: taskIDMaxLength))
  }

  /// The table that says how a table is kept: itself where it is there, the chord counters for the chords.
  func model(of name: String) -> FoundTable? {
    if let table = found[name] { return table }
    return name == CeleryTables.chordName ? found[CeleryTables.chordCounterName] : nil
  }

  /// What writes the statement that makes a table.
  package func generator(for name: String) -> SchemaGenerator {
    var generator = SchemaGenerator(engine: engine, rowFormat: rowFormat)
    guard found[name] == nil, let model = model(of: name) else { return generator }
    if generator.engine == nil, model.engine != facts.defaultEngine { generator.engine = model.engine }
    let format = RowFormat(name: model.rowFormat)
    if generator.rowFormat == nil, model.engine == .innoDB, format != facts.defaultRowFormat {
      generator.rowFormat = format
    }
    return generator
  }
}
