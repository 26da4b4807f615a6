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

  /// Makes an index from a row of ``query``.
  public init(name: String, column: String, prefixLength: Int?, isUnique: Bool, type: String) {
    self.name = name
    self.column = column
    self.prefixLength = prefixLength
    self.isUnique = isUnique
    self.type = type
  }

  /// SQL that lists the indexes of one table of the current database.
  ///
  /// Its one parameter is the table's name; its columns: name, indexed_column, prefix_length, not_unique, type.
  public static let query = """
    SELECT index_name AS name, column_name AS indexed_column, sub_part AS prefix_length,
      non_unique AS not_unique, index_type AS type
    FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = ?
    ORDER BY index_name, seq_in_index
    """
}
