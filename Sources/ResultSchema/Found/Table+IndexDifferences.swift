extension Table {
  /// What the catalogue shows of an index that a server cut or made a hash without an error.
  ///
  /// - Parameter found: the table's indexes. More of them than meant are no difference.
  public func indexDifferences(from found: [FoundIndex]) -> [IndexDifference] {
    indexes.compactMap { index in
      guard let match = found.first(where: { $0.name == index.name && $0.column == index.column }) else {
        return IndexDifference(index: index, fault: .missing)
      }
      if match.isUnique != (index.kind != .plain) { return IndexDifference(index: index, fault: .uniqueness) }
      if match.type.uppercased() == "HASH" { return IndexDifference(index: index, fault: .hash) }
      guard match.prefixLength != index.prefixLength else { return nil }
      return IndexDifference(index: index, fault: .prefix(characters: match.prefixLength))
    }
  }
}
