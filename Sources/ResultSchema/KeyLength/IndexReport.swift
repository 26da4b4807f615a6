/// One index of one table on one server: how many bytes it needs, how many it may have, and what comes of it.
public struct IndexReport: Sendable, Hashable {
  /// The table's name.
  public var tableName: String
  /// The indexed column's name.
  public var columnName: String
  /// The index's name.
  public var indexName: String
  /// Whether the index is UNIQUE.
  public var isUnique: Bool
  /// The column's length in characters.
  public var characters: Int
  /// The most bytes that one character takes.
  public var bytesPerCharacter: Int
  /// The most bytes of a column that this server indexes whole.
  public var bytesAllowed: Int
  /// The prefix in characters that the statement asks for, nil when it asks for the whole column.
  public var prefixLength: Int?
  /// What the server does with the statement's index.
  public var outcome: KeyLengthOutcome

  /// The bytes that an index on the whole column needs.
  public var bytesNeeded: Int { characters.saturatingProduct(bytesPerCharacter) }

  /// Whether the server makes the index as the statement says.
  public var fits: Bool { outcome == .fits }
}
