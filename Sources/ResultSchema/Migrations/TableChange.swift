/// A part of an ALTER TABLE statement.
public enum TableChange: Sendable, Hashable {
  /// Adds a column after all others.
  case addColumn(Column)
  /// Gives a column another type or length.
  case modifyColumn(Column)
  /// Takes the default of a column away.
  case dropDefault(ofColumn: String)
  /// Takes a column away.
  case dropColumn(String)
  /// Adds an index.
  case addIndex(Index)
  /// Takes the index of a name away.
  case dropIndex(String)
  /// Takes those indexes on a column away that have a name of Django's making.
  case dropGeneratedIndexes(onColumn: String)
  /// Keeps the table in another engine.
  case engine(StorageEngine)
  /// Keeps an InnoDB table in another row format.
  case rowFormat(RowFormat)
}
