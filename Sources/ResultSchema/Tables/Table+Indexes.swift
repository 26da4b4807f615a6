/// How an index in a database differs from what its table should have.
public struct IndexDifference: Sendable, Hashable {
  /// What is wrong with the index.
  public enum Fault: Sendable, Hashable {
    /// There is no index of this name on this column.
    case missing
    /// It covers this many leading characters only; nil if it covers all where a prefix was meant.
    case prefix(characters: Int?)
    /// It is a UNIQUE index that the server keeps as a hash.
    case hash
    /// It is plain where it should be UNIQUE, or the other way round.
    case uniqueness
  }

  /// The index as it should be.
  public var index: Index
  /// What is wrong with it.
  public var fault: Fault
}

extension Table {
  /// What the catalogue shows of an index that a server cut or made a hash without an error.
  ///
  /// - Parameter found: the table's indexes, from ``FoundIndex/query``. More of them than meant are no difference.
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
