extension TableDiagnosis {
  var duplicates: [Finding] {
    expected.indexes.flatMap { index -> [Finding] in
      let singles = singles(on: index.column)
      let own = singles.first { $0.name == index.name && $0.type.uppercased() == "BTREE" }
      guard let kept = own ?? substitute(for: index) ?? singles.first(where: { isGenerated($0, like: index) })
      else { return [] }
      return singles.filter { other in
        other.name != kept.name && !tolerated.contains(other.name) && (!other.isUnique || kept.isUnique)
          && other.name != "PRIMARY" && ["BTREE", "HASH"].contains(other.type.uppercased())
      }.map { other in
        Finding(
          .duplicateIndex,
          at: place(index.column),
          "the index \(other.name) is there beside \(kept.name), which does the same",
          because: "each store has one more index to write",
          isSafe: kept.prefixLength == index.prefixLength,
          repairs: [Repair(found.name, [.dropIndex(other.name)])]
        )
      }
    }
  }

  private func isGenerated(_ other: FoundIndex, like index: Index) -> Bool {
    index.hasGeneratedName && found.generatedIndexes(on: index.column).contains(other)
  }

  var unexpectedUnique: [Finding] {
    expected.columns.flatMap { column -> [Finding] in
      guard !expected.indexes.contains(where: { $0.column == column.name && $0.kind != .plain }) else {
        return []
      }
      return singles(on: column.name).filter { $0.isUnique && !tolerated.contains($0.name) }.map { index in
        Finding(
          .indexUniqueness,
          at: place(column.name),
          "the index \(index.name) is UNIQUE, and the column should not be",
          because: "a second row with the same value is refused with error 1062",
          repairs: [Repair(found.name, [.dropIndex(index.name)])]
        )
      }
    }
  }
}
