package import MariaDBClient
import ResultSchema

/// The copying of date_done to date_created: in portions, each a transaction of its own.
package struct DateCopying {
  /// How many rows a portion has.
  let portion: Int

  /// Makes a copying in portions that are small enough for nobody to wait for their locks.
  package init(portion: Int = 5_000) {
    self.portion = portion
  }

  /// Copies.
  ///
  /// - Parameters:
  ///   - handle: The connection.
  ///   - copied: Is told how many rows have been copied to so far.
  /// - Returns: How many rows were copied to.
  /// - Throws: `MariaDBError`; running it again goes on where this ended.
  @discardableResult
  package func run(_ handle: ConnectionHandle, copied: (Int) -> Void) throws -> Int {
    let unfilled = try handle.query(SQLStatement(sql: CopiedDates.unfilled)).rows.first
    let found = try unfilled?.decode(MariaDBDateTime.self, at: 0)
    // Without such a row only the placeholder counts, and no row has this date.
    let date =
      found ?? MariaDBDateTime(date: MariaDBDate(year: 1000, month: 1, day: 1), hour: 0, minute: 0, second: 0)
    var rows = 0
    // Nothing keeps a table from having ids below 1.
    var after = Int.min
    while let last = try end(after, handle) {
      let statement = SQLStatement(
        sql: CopiedDates.copy,
        parameters: [.int(Int64(after)), .int(Int64(last)), date.mariaDBValue, date.mariaDBValue]
      )
      let changed = Int(try handle.query(statement).affectedRows)
      rows += changed
      if changed > 0 { copied(rows) }
      after = last
    }
    return rows
  }

  /// The id that ends the portion after an id; nil when there are no more rows.
  private func end(_ after: Int, _ handle: ConnectionHandle) throws -> Int? {
    let statement = SQLStatement(
      sql: CopiedDates.endOfPortion,
      parameters: [.int(Int64(after)), .int(Int64(portion - 1))]
    )
    if let row = try handle.query(statement).rows.first { return try row.decode(at: 0) }
    let last = try handle.query(SQLStatement(sql: CopiedDates.lastID)).rows[0].decode(Int?.self, at: 0)
    return last.flatMap { $0 > after ? $0 : nil }
  }
}
