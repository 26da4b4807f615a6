extension TableDiagnosis {
  var indexFindings: [Finding] {
    differing + duplicates + unexpectedUnique
  }

  private var differing: [Finding] {
    expected.indexDifferences(from: found.indexes).compactMap { difference in
      let index = difference.index
      // A missing column brings its indexes along.
      guard let column = found.column(named: index.column) else { return nil }
      switch difference.fault {
      case .missing: return missing(index)
      case .hash:
        return finding(
          .hashIndex,
          index,
          "the UNIQUE index is kept as a HASH",
          because: "it finds whole values only, and servers and tools treat it as no index at times"
        )
      case .uniqueness:
        return finding(
          .indexUniqueness,
          index,
          index.kind == .plain
            ? "the index is UNIQUE, and should be plain" : "the index is plain, and should be UNIQUE",
          because: index.kind == .plain
            ? "a second row with the same value is refused with error 1062"
            : "two rows can have the same id: a result is stored twice, and read from either row"
        )
      case .prefix(let characters): return cut(index, column, to: characters)
      }
    }
  }

  private func missing(_ index: Index) -> Finding? {
    if index.hasGeneratedName, !found.generatedIndexes(on: index.column).isEmpty { return nil }
    if let other = substitute(for: index) {
      return Finding(
        .indexName,
        at: place(index.column),
        "the index is \(other.name), and should be \(index.name)",
        because: "it works as well, but a migration of Django that names it would fail",
        isRemark: true,
        isSafe: true,
        repairs: [Repair(found.name, [.dropIndex(other.name), .addIndex(index)])]
      )
    }
    return finding(
      .missingIndex,
      index,
      index.kind == .plain
        ? "the index \(index.name) is missing" : "the UNIQUE index \(index.name) is missing",
      because: index.kind == .plain
        ? "whoever looks for a value here reads the whole table"
        : "two rows can have the same id, and each store and each read goes through the whole table",
      drops: false
    )
  }

  /// Another index that does the same.
  func substitute(for index: Index) -> FoundIndex? {
    guard index.kind != .primary else { return nil }
    let names = Set(expected.indexes.map(\.name)).union(tolerated)
    return singles(on: index.column).first { other in
      other.isUnique == (index.kind == .unique) && other.prefixLength == index.prefixLength
        && other.type.uppercased() == "BTREE" && !names.contains(other.name) && other.name != "PRIMARY"
    }
  }

  private func cut(_ index: Index, _ column: FoundColumn, to characters: Int?) -> Finding? {
    if index.kind == .plain {
      // Where the whole does not fit, any prefix will do.
      if index.prefixLength != nil { return nil }
      return finding(
        .cutIndex,
        index,
        "the index covers the first \(characters ?? 0) of \(column.characters ?? 0) characters",
        because: "rows are found all the same, but values with the same beginning are read one by one",
        isRemark: true
      )
    }
    return finding(
      .cutIndex,
      index,
      "the UNIQUE index covers the first \(characters ?? 0) of \(column.characters ?? 0) characters",
      because: "two ids with the same beginning are one: the second is refused, or overwrites the first"
    )
  }

  /// A finding that is mended by making the index anew.
  private func finding(
    _ kind: Finding.Kind,
    _ index: Index,
    _ description: String,
    because reason: String,
    isRemark: Bool = false,
    drops: Bool = true
  ) -> Finding {
    let change = (drops ? [TableChange.dropIndex(index.name)] : []) + [.addIndex(index)]
    let format: [TableChange]? =
      fits(index, in: nil) ? [] : fits(index, in: .dynamic) ? [.rowFormat(.dynamic)] : nil
    return Finding(
      kind,
      at: place(index.column),
      description,
      because: format == nil ? reason + "; the whole column is too long for an index here" : reason,
      isRemark: isRemark,
      isSafe: index.kind != .primary,
      command: format == nil ? "celery-results resize \(largestIDLength)" : nil,
      repairs: format.map { [Repair(found.name, $0 + change)] } ?? []
    )
  }

  /// The most characters of task_id, task_name and group_id that indexes of all the tables cover.
  private var largestIDLength: Int {
    let all = FoundSchema(tables: Array(schema.found.values)).idColumns(at: schema.level)
    let lengths = all.map { column in
      schema.keyLengthRule(for: column.table)
        .largestLength(bytesPerCharacter: column.found.bytesPerCharacter ?? schema.facts.bytesPerCharacter)
    }
    return lengths.min() ?? TaskIDMaxLength.standardLength
  }

  private func fits(_ index: Index, in format: RowFormat?) -> Bool {
    guard let column = found.column(named: index.column), let characters = column.characters,
      let bytes = column.bytesPerCharacter
    else { return true }
    if format != nil, found.engine != .innoDB { return false }
    var schema = schema
    schema.rowFormat = format
    let largest = schema.keyLengthRule(for: found.name).largestLength(bytesPerCharacter: bytes)
    return min(index.prefixLength ?? characters, characters) <= largest
  }

  /// The indexes on one column alone.
  func singles(on column: String) -> [FoundIndex] {
    found.indexes.filter { index in
      index.column == column && found.indexes.count { $0.name == index.name } == 1
    }
  }
}
