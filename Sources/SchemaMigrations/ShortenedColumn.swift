import MariaDBClient
import ResultSchema

/// A column that is to become shorter.
struct ShortenedColumn {
  let table: String
  let column: Column

  /// Looks at what is stored.
  ///
  /// - Throws: ``MigrationError`` with the code ``MigrationError/Code/valueTooLong`` when a value would not fit.
  func check(_ handle: ConnectionHandle) throws {
    let length = column.type.characters ?? 0
    let row = try handle.query(
      """
      SELECT COUNT(*), MAX(CHAR_LENGTH(\(identifier: column.name))) FROM \(identifier: table)
      WHERE CHAR_LENGTH(\(identifier: column.name)) > \(length)
      """
    ).rows[0]
    let (rows, longest) = try row.decode(Int.self, Int?.self)
    guard rows == 0 else {
      throw MigrationError.valueTooLong(table, column, rows: rows, longest: longest ?? 0)
    }
  }
}
