/// A table: its columns and indexes in their physical order.
public struct Table: Sendable, Hashable {
  /// The table's name, without a database.
  public var name: String
  /// The columns in physical order.
  public var columns: [Column]
  /// The indexes in the order in which they are made.
  public var indexes: [Index]

  /// Makes a table from its parts.
  public init(name: String, columns: [Column], indexes: [Index]) {
    self.name = name
    self.columns = columns
    self.indexes = indexes
  }

  /// The column of this name, or nil.
  public func column(named name: String) -> Column? {
    columns.first { $0.name == name }
  }

  /// The index of this name, or nil.
  public func index(named name: String) -> Index? {
    indexes.first { $0.name == name }
  }
}
