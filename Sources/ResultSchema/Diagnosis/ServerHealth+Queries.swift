extension ServerHealth {
  /// SQL that reads the server's variables in one row.
  ///
  /// Its columns: packet, log_is_on, time_zone, system_time_zone, sql_mode, user, database_name.
  public static let variablesQuery = """
    SELECT @@GLOBAL.max_allowed_packet AS packet, @@GLOBAL.log_bin AS log_is_on,
      @@GLOBAL.time_zone AS time_zone, @@GLOBAL.system_time_zone AS system_time_zone,
      @@GLOBAL.sql_mode AS sql_mode, CURRENT_USER() AS user, DATABASE() AS database_name
    """

  /// SQL for the isolation level and the format of the binary log, by the names that the server has for them.
  ///
  /// Its columns: name, value.
  public static let namedVariablesQuery = """
    SHOW GLOBAL VARIABLES
    WHERE Variable_name IN ('transaction_isolation', 'tx_isolation', 'binlog_format')
    """

  /// SQL that counts chord counters: its columns are all, and those with a count of 0.
  public static let chordCountersQuery =
    "SELECT COUNT(*), COALESCE(SUM(`count` = 0), 0) FROM \(CeleryTables.chordCounterName)"

  /// SQL that counts the CHECK constraints of the chord counter's `count`.
  public static func checksQuery(_ flavor: ServerFlavor) -> String {
    let condition = "constraint_schema = DATABASE() AND check_clause LIKE '%count%'"
    return switch flavor {
    case .mariaDB:
      """
      SELECT COUNT(*) FROM information_schema.check_constraints
      WHERE \(condition) AND table_name = '\(CeleryTables.chordCounterName)'
      """
    case .mySQL:
      """
      SELECT COUNT(*) FROM information_schema.check_constraints
      JOIN information_schema.table_constraints USING (constraint_schema, constraint_name)
      WHERE \(condition) AND table_name = '\(CeleryTables.chordCounterName)'
      """
    }
  }

  /// SQL for the names of tables that pt-online-schema-change, or a migration that was killed, leaves behind.
  ///
  /// Its parameter is the name of the table of a cluster's lock.
  public static let leftoverTablesQuery = """
    SELECT table_name FROM information_schema.tables
    WHERE table_schema = DATABASE() AND (table_name = ?
      OR table_name REGEXP '^_+(\(CeleryTables.namesWithChord.joined(separator: "|")))_(new|old)$')
    ORDER BY table_name
    """

  /// SQL for the names of triggers that pt-online-schema-change leaves behind.
  public static let leftoverTriggersQuery = """
    SELECT trigger_name FROM information_schema.triggers
    WHERE event_object_schema = DATABASE()
      AND event_object_table IN (\(CeleryTables.namesWithChord.map { "'\($0)'" }.joined(separator: ", ")))
      AND trigger_name LIKE 'pt\\_osc\\_%'
    ORDER BY trigger_name
    """
}
