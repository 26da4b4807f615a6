/// An index on one column; none of these tables has an index on several.
public struct Index: Sendable, Hashable {
  /// What an index promises.
  public enum Kind: Sendable, Hashable {
    /// The primary key.
    case primary
    /// No two rows have the same value.
    case unique
    /// Only a way to find rows: MySQL's `KEY`.
    case plain
  }

  /// The index's name; `PRIMARY` for the primary key.
  public var name: String
  /// What the index promises.
  public var kind: Kind
  /// The indexed column's name.
  public var column: String
  /// How many leading characters of the column are indexed; nil for all of it.
  public var prefixLength: Int?
  /// Whether Django made up the name from table and column; other releases of Django made up other ones.
  public var hasGeneratedName: Bool

  /// Makes an index over a column, whole unless a prefix length in characters is given.
  public init(
    _ name: String,
    _ kind: Kind,
    on column: String,
    prefixLength: Int? = nil,
    hasGeneratedName: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.column = column
    self.prefixLength = prefixLength
    self.hasGeneratedName = hasGeneratedName
  }

  /// The primary key over a column.
  public static func primaryKey(on column: String) -> Index {
    Index("PRIMARY", .primary, on: column)
  }
}
