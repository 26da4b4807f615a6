extension TableDiagnosis {
  var columnFindings: [Finding] {
    let expectedFindings = expected.columns.flatMap { column in
      found.column(named: column.name).map { differences(column, $0) } ?? [missing(column)]
    }
    let extra = found.columns.filter { !tolerated.contains($0.name) }.map(extra)
    return expectedFindings + extra
  }

  private func missing(_ column: Column) -> Finding {
    let indexes = expected.indexes.filter { $0.column == column.name }.map(TableChange.addIndex)
    let isID =
      column.isAutoIncrement
      || indexes.contains { if case .addIndex(let index) = $0 { index.kind != .plain } else { false } }
    let add = isID ? [] : adding(column)
    return Finding(
      .missingColumn,
      at: place(column.name),
      "the column is missing: \(SchemaGenerator().definition(of: column))",
      because: isID
        ? "rows cannot be told apart without it, and its values are only in a backup"
        : "Django and Celery's workers name it in every statement, which fails with error 1054",
      isSafe: column.isNullable,
      repairs: add + (add.isEmpty || indexes.isEmpty ? [] : [Repair(found.name, indexes)])
    )
  }

  private func adding(_ column: Column) -> [Repair] {
    guard column.type == .datetime6, !column.isNullable else {
      return [Repair(found.name, [.addColumn(column)])]
    }
    // A date that is not NULL has no value that strict servers would fill in.
    var nullable = column
    nullable.isNullable = true
    let dates = ["date_done", "date_created"].filter { $0 != column.name && found.column(named: $0) != nil }
    let generator = SchemaGenerator()
    let name = generator.quoted(column.name)
    return [
      Repair(found.name, [.addColumn(nullable)]),
      Repair("UPDATE \(generator.quoted(found.name)) SET \(name) = \(dates.first ?? "UTC_TIMESTAMP(6)")"),
      Repair(found.name, [.modifyColumn(column)]),
    ]
  }

  private func differences(_ column: Column, _ there: FoundColumn) -> [Finding] {
    var findings: [Finding] = []
    let nullRepair = [Repair(found.name, [.modifyColumn(modified(column, there))])]
    if let description = typeDifference(column, there) {
      findings.append(
        Finding(
          .columnType,
          at: place(column.name),
          description,
          because: "values that Django and Celery store are refused, cut or changed",
          repairs: nullRepair
        )
      )
    } else if column.isNullable != there.isNullable {
      findings.append(
        Finding(
          .columnNull,
          at: place(column.name),
          column.isNullable ? "the column is NOT NULL, and should take NULL" : "the column takes NULL",
          because: column.isNullable
            ? "Celery stores NULL here, which is refused with error 1048"
            : "Django's model has no NULL here, and fails on a row with one",
          isSafe: column.isNullable,
          repairs: nullRepair
        )
      )
    }
    if let value = there.defaultValue, !isOnItsWay {
      findings.append(
        Finding(
          .columnDefault,
          at: place(column.name),
          "the column has the default \(value), and should have none",
          because: "whoever forgets the column stores that value without an error",
          isRemark: true,
          isSafe: true,
          repairs: [Repair(found.name, [.dropDefault(ofColumn: column.name)])]
        )
      )
    }
    return findings
  }

  private func typeDifference(_ column: Column, _ there: FoundColumn) -> String? {
    let type = there.plainType
    if column.isAutoIncrement {
      if !Self.idTypes.contains(type) { return "the type is \(there.type), and should be \(column.type.sql)" }
      return there.isAutoIncrement ? nil : "the column is not AUTO_INCREMENT"
    }
    if case .varchar(let length) = column.type, type.hasPrefix("varchar"), let characters = there.characters {
      if column.hasTaskIDLength || characters >= length { return nil }
      return "the length is \(characters), and should be \(length)"
    }
    if type == column.type.sql || (column.type == .unsignedInt && type == "bigint unsigned") { return nil }
    return "the type is \(there.type), and should be \(column.type.sql)"
  }

  /// Django may have been told to number rows with more.
  private static let idTypes: Set<String> = ["int", "int unsigned", "bigint", "bigint unsigned"]

  private func extra(_ column: FoundColumn) -> Finding {
    let isNeeded = !column.isNullable && column.defaultValue == nil && !column.isAutoIncrement
    let name = SchemaGenerator().quoted(column.name)
    let table = SchemaGenerator().quoted(found.name)
    if SchemaLevel.known[found.name]?.contains(column.name) ?? false {
      return Finding(
        .extraColumn,
        at: place(column.name),
        "the column is of another level than \(schema.level.digits)",
        because: isNeeded
          ? "nobody gives it a value, so every store fails with error 1364; migrate refuses the tables"
          : "migrate refuses tables that are of no level; dropping the column loses what it holds",
        repairs: [Repair(found.name, [.dropColumn(column.name)])]
      )
    }
    return Finding(
      .extraColumn,
      at: place(column.name),
      "the column is none of django-celery-results'",
      because: isNeeded
        ? "it is NOT NULL without a default, so every store fails with error 1364"
        : "it stays as it is, and nobody but its maker uses it",
      isRemark: !isNeeded,
      repairs: isNeeded
        ? [Repair("ALTER TABLE \(table) MODIFY COLUMN \(name) \(column.type)\(text(column)) NULL")] : []
    )
  }

  private func text(_ column: FoundColumn) -> String {
    guard let set = column.characterSet, let collation = column.collation else { return "" }
    return " CHARACTER SET \(set) COLLATE \(collation)"
  }
}
