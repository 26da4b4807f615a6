extension TableDiagnosis {
  var textFindings: [Finding] { characterSetFindings + collationFindings + caseFindings }

  /// The columns that hold text, with what should be there.
  private var texts: [(column: Column, there: FoundColumn)] {
    expected.columns.compactMap { column in
      guard let there = found.column(named: column.name), there.characterSet != nil, isText(column.type)
      else { return nil }
      return (column, there)
    }
  }

  private func isText(_ type: ColumnType) -> Bool { type == .longtext || type.characters != nil }

  private var characterSetFindings: [Finding] {
    // ASCII is a remedy for ids: they are UUIDs.
    let narrow = texts.filter { column, there in
      there.characterSet != "utf8mb4" && !(column.hasTaskIDLength && there.characterSet == "ascii")
    }
    guard !narrow.isEmpty else { return [] }
    let wide = narrow.map { column, there in
      var column = modified(column, there)
      let isBinary = there.collation?.hasSuffix("_bin") ?? false
      column.characterSet = "utf8mb4"
      column.collation =
        isBinary ? "utf8mb4_bin" : found.collation.hasPrefix("utf8mb4") ? found.collation : nil
      return column
    }
    let largest = schema.keyLengthRule(for: found.name).largestLength(bytesPerCharacter: 4)
    let fits = wide.allSatisfy { column in
      !found.indexes.contains { $0.column == column.name && $0.prefixLength == nil }
        || column.type.characters ?? 0 <= largest
    }
    let sets = Set(narrow.compactMap(\.there.characterSet)).sorted().joined(separator: ", ")
    return [
      Finding(
        .characterSet,
        at: found.name,
        "\(names(narrow)): the character set is \(sets), and should be utf8mb4",
        because:
          "other characters, emoji among them, are refused with error 1366, or stored as question marks"
          + (fits ? "" : "; with utf8mb4 the indexes would not fit in rows of this format"),
        isRemark: true,
        repairs: fits ? [Repair(found.name, wide.map(TableChange.modifyColumn))] : []
      )
    ]
  }

  private var collationFindings: [Finding] {
    let usual = texts.filter { column, there in
      !(column.hasTaskIDLength && there.collation?.hasSuffix("_bin") ?? false)
    }
    let names = usual.compactMap(\.there.collation)
    let counts = Dictionary(grouping: names, by: \.self).mapValues(\.count)
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    guard let collation = names.contains(found.collation) ? found.collation : most else { return [] }
    let set = usual.first { $0.there.collation == collation }?.there.characterSet
    let others = usual.filter { $0.there.collation != collation && $0.there.characterSet == set }
    guard !others.isEmpty else { return [] }
    let changes = others.map { column, there in
      var column = modified(column, there)
      column.collation = collation
      return TableChange.modifyColumn(column)
    }
    return [
      Finding(
        .collation,
        at: found.name,
        "\(self.names(others)): the collation is not \(collation), which the other columns have",
        because: "a comparison of two columns fails with error 1267, and they sort differently",
        isRemark: true,
        repairs: [Repair(found.name, changes)]
      )
    ]
  }

  private var caseFindings: [Finding] {
    let ids = texts.filter { column, there in
      column.hasTaskIDLength && isUnique(column) && !isCaseSensitive(there.collation ?? "")
    }
    return ids.map { column, there in
      var changed = modified(column, there)
      changed.collation = there.characterSet.map { "\($0)_bin" }
      return Finding(
        .caseInsensitiveID,
        at: place(column.name),
        "the collation \(there.collation ?? "") takes no notice of case",
        because:
          "two ids that differ in case only are one, and the second overwrites the first; this is Django's "
          + "and the server's default, and Celery's own ids are in small letters. The server copies the table",
        isRemark: true,
        repairs: [Repair(found.name, [.modifyColumn(changed)])]
      )
    }
  }

  private func isUnique(_ column: Column) -> Bool {
    expected.indexes.contains { $0.column == column.name && $0.kind == .unique }
  }

  private func isCaseSensitive(_ collation: String) -> Bool {
    collation.hasSuffix("_bin") || collation.contains("_cs") || collation == "binary"
  }

  private func names(_ columns: [(column: Column, there: FoundColumn)]) -> String {
    columns.map(\.column.name).joined(separator: ", ")
  }
}
