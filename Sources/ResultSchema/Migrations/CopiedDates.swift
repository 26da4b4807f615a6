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

  /// SQL for the id that ends a portion of rows.
  ///
  /// Its parameters are the id after which the portion begins, and the number of its rows less one.
  public static let endOfPortion =
    "SELECT id FROM \(CeleryTables.taskResultName) WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?"

  /// SQL for the largest id.
  ///
  /// Its one column is that id, NULL in an empty table.
  public static let lastID = "SELECT MAX(id) FROM \(CeleryTables.taskResultName)"

  /// SQL that copies date_done in a portion of the rows.
  ///
  /// Its parameters: the id before the first, and the last id.
  public static let copy = """
    UPDATE \(CeleryTables.taskResultName) SET date_created = date_done
    WHERE id > ? AND id <= ? AND (\(isUnfilled))
    """

  /// The whole copying as one statement, for those who run the statements by hand.
  public static let copyAll = """
    UPDATE \(CeleryTables.taskResultName) SET date_created = date_done
    WHERE \(isUnfilled)
    """

  /// Tells the rows that are to be filled: those with the placeholder, and those to which Django has added the column
  /// with the time of that day, and then was stopped.
  ///
  /// No row was done before it was made, so whatever a worker has stored stays.
  private static let isUnfilled = "date_created = \(placeholder) OR date_done < date_created"
}
