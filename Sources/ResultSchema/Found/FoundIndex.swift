/// An index on one column as the catalogue describes it.
public struct FoundIndex: Sendable, Hashable {
  /// The index's name, `PRIMARY` for the primary key.
  public var name: String
  /// The indexed column's name.
  public var column: String
  /// How many leading characters are indexed, `sub_part`; nil for all.
  public var prefixLength: Int?
  /// Whether no two rows may have the same value, the contrary of `non_unique`.
  public var isUnique: Bool
  /// The index's kind, such as `BTREE` or `HASH`.
  public var type: String

  /// Makes an index of what the catalogue says.
  public init(name: String, column: String, prefixLength: Int?, isUnique: Bool, type: String) {
    self.name = name
    self.column = column
    self.prefixLength = prefixLength
    self.isUnique = isUnique
    self.type = type
  }
}
