import MariaDBClient
import ResultSchema

/// The values of one column that are longer than the column is to be.
public struct LongValues: Sendable, Hashable {
  /// The table's name.
  public let tableName: String
  /// The column's name.
  public let columnName: String
  /// How many characters the column is to have.
  public let length: Int
  /// How many rows have more.
  public let rows: Int
  /// The characters of the longest.
  public let longest: Int
  /// The task ids, or the group ids, of the first of these rows.
  public let ids: [String]

  /// SQL that finds the rows, without a final semicolon.
  public var selectStatement: String {
    "SELECT id, \(idColumn), CHAR_LENGTH(\(columnName)) FROM \(tableName) WHERE \(condition)"
  }

  /// SQL that deletes the rows, without a final semicolon.
  public var deleteStatement: String { "DELETE FROM \(tableName) WHERE \(condition)" }

  /// SQL that cuts the values; nil where they are ids, by which others ask for the row.
  public var cutStatement: String? {
    guard columnName != idColumn else { return nil }
    return "UPDATE \(tableName) SET \(columnName) = LEFT(\(columnName), \(length)) WHERE \(condition)"
  }

  /// The column that a row is asked for by.
  var idColumn: String { tableName == CeleryTables.taskResultName ? "task_id" : "group_id" }

  private var condition: String { "CHAR_LENGTH(\(columnName)) > \(length)" }
}

extension LongValues {
  /// Looks at what is stored; nil when all of it fits.
  ///
  /// - Throws: `MariaDBError`.
  init?(_ handle: ConnectionHandle, table: String, column: String, length: Int, listing: Int) throws {
    let counted = try handle.query(
      """
      SELECT COUNT(*), MAX(CHAR_LENGTH(\(identifier: column))) FROM \(identifier: table)
      WHERE CHAR_LENGTH(\(identifier: column)) > \(length)
      """
    ).rows[0]
    let (rows, longest) = try counted.decode(Int.self, Int?.self)
    guard rows > 0 else { return nil }
    let idColumn = table == CeleryTables.taskResultName ? "task_id" : "group_id"
    let ids = try handle.query(
      """
      SELECT \(identifier: idColumn) FROM \(identifier: table)
      WHERE CHAR_LENGTH(\(identifier: column)) > \(length) ORDER BY id LIMIT \(listing)
      """
    ).rows.map { row throws(MariaDBError) in try row.decode(String.self, at: 0) }
    self.init(
      tableName: table,
      columnName: column,
      length: length,
      rows: rows,
      longest: longest ?? 0,
      ids: ids
    )
  }
}

extension MigrationPlan {
  /// What is stored and would not fit into the columns that the plan makes shorter.
  func longValues(_ handle: ConnectionHandle, listing: Int) throws -> [LongValues] {
    try shortenedColumns.compactMap { table, column in
      try LongValues(
        handle,
        table: table,
        column: column.name,
        length: column.type.characters ?? 0,
        listing: listing
      )
    }
  }
}
