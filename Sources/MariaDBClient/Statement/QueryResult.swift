/// What a statement gave back.
public struct QueryResult: Sendable {
  /// The rows, for a statement that has any.
  public var rows: [MariaDBRow] = []
  /// How many rows were changed.
  ///
  /// Source: the MySQL manual's "mysql_affected_rows()".
  public var affectedRows: UInt64 = 0
  /// The AUTO_INCREMENT value of the first row that was inserted, or 0.
  public var lastInsertID: UInt64 = 0
  /// How many lines ``ConnectionHandle/warnings()`` has for this statement.
  public var warningCount = 0
}
