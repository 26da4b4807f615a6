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
