/// The table whose rows are read from a binary log, and the columns that are wanted of them.
///
/// The rows of other tables are skipped unread.
package struct BinaryLogSelection: Sendable, Hashable {
  /// The name of the database.
  package let database: String
  /// The name of the table.
  package let table: String
  /// The places of the wanted columns in the table, counted from 0: the log names no columns.
  package let columns: [Int]
  /// How many columns the table has.
  ///
  /// When the log shows another number, the table is another one than was meant.
  package let columnCount: Int
  /// Whether rows that were deleted are read too.
  package let includesDeletes: Bool
  private let ignoresCase: Bool
  private let databaseBytes: [UInt8]
  private let tableBytes: [UInt8]

  /// Selects a table.
  ///
  /// - Parameters:
  ///   - database: The database's name.
  ///   - table: The table's name.
  ///   - columns: The places of the wanted columns, counted from 0.
  ///   - columnCount: How many columns the table has.
  ///   - includesDeletes: Whether rows that were deleted are read too.
  ///   - ignoresCase: Whether the server writes names of tables in lower case (`lower_case_table_names`).
  package init(
    database: String,
    table: String,
    columns: [Int],
    columnCount: Int,
    includesDeletes: Bool = true,
    ignoresCase: Bool = false
  ) {
    self.database = database
    self.table = table
    self.columns = columns
    self.columnCount = columnCount
    self.includesDeletes = includesDeletes
    self.ignoresCase = ignoresCase
    databaseBytes = Array((ignoresCase ? database.lowercased() : database).utf8)
    tableBytes = Array((ignoresCase ? table.lowercased() : table).utf8)
  }

  /// Whether these are the names of the table.
  func matches(database: UnsafeRawBufferPointer, table: UnsafeRawBufferPointer) -> Bool {
    Self.matches(table, tableBytes, ignoresCase) && Self.matches(database, databaseBytes, ignoresCase)
  }

  private static func matches(_ name: UnsafeRawBufferPointer, _ own: [UInt8], _ ignoresCase: Bool) -> Bool {
    if name.elementsEqual(own) { return true }
    return ignoresCase && String(decoding: name, as: UTF8.self).lowercased().utf8.elementsEqual(own)
  }
}
