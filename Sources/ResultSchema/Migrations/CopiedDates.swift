/// How migration 0006 fills date_created, which the rows that are there do not have.
///
/// The column comes with a default that no row can have otherwise, so that it is seen which rows are still to
/// be copied to, however often the copying is interrupted, and rows that are stored meanwhile stay as they are.
public enum CopiedDates {
  /// The column that is filled.
  static let column = "date_created"
  /// The default until the rows are filled, in SQL: the first date that MySQL supports.
  static let placeholder = "'1000-01-01 00:00:00.000000'"

  static func withDefault(_ column: Column) -> Column {
    var column = column
    column.defaultValue = placeholder
    return column
  }

  /// SQL for the date_created of the rows that Django has added the column to, but not filled: the time of that day.
  ///
  /// Its one column is that date; there is no row where there is none.
  ///
  /// Rows that are copied to already do not count: their date_created is their date_done. Nor does a date that one row
  /// alone has, shortly after its date_done: a worker stored it so.
  public static let unfilled =
    "SELECT date_created FROM \(CeleryTables.taskResultName) WHERE date_done < date_created GROUP BY date_created "
    + "HAVING COUNT(*) > 1 OR MAX(TIMESTAMPDIFF(SECOND, date_done, date_created)) >= 60 "
    + "ORDER BY date_created LIMIT 1"

  /// SQL for the id that ends a portion of rows.
  ///
  /// Its parameters are the id after which the portion begins, and the number of its rows less one.
  public static let endOfPortion =
    "SELECT id FROM \(CeleryTables.taskResultName) WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?"

  /// SQL for the largest id.
  ///
  /// Its one column is that id, NULL in an empty table.
  public static let lastID = "SELECT MAX(id) FROM \(CeleryTables.taskResultName)"

  /// SQL that copies date_done in a portion of the rows: in those that have the placeholder, and in those that Django
  /// has not filled.
  ///
  /// Its parameters: the id before the first, the last id, and twice the date of ``unfilled``.
  public static let copy = """
    UPDATE \(CeleryTables.taskResultName) SET date_created = date_done
    WHERE id > ? AND id <= ?
      AND (date_created = \(placeholder) OR (date_created = ? AND date_done < ?))
    """

  /// The whole copying as one statement, for those who run the statements by hand.
  ///
  /// MySQL reads a table that it updates only from within a derived table.
  public static let copyAll = """
    UPDATE \(CeleryTables.taskResultName) SET date_created = date_done
    WHERE date_created = \(placeholder)
      OR (date_done < date_created AND date_created = (SELECT date_created FROM (\(unfilled)) AS unfilled))
    """
}
