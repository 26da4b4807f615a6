extension FoundSchema {
  /// SQL that lists tables of the current database.
  ///
  /// Its one parameter for each table is the name; its columns: name, engine, row_format, options, collation,
  /// bytes_per_character, estimated_rows, bytes, next_id, kind.
  ///
  /// - Parameter count: How many tables are asked for.
  public static func tablesQuery(count: Int) -> String {
    """
    SELECT table_name AS name, engine AS engine, row_format AS row_format, create_options AS options,
      table_collation AS collation,
      (SELECT maxlen FROM information_schema.character_sets
        WHERE character_set_name = SUBSTRING_INDEX(table_collation, '_', 1)) AS bytes_per_character,
      table_rows AS estimated_rows,
      COALESCE(data_length, 0) + COALESCE(index_length, 0) AS bytes, 
      CAST(LEAST(auto_increment, 9223372036854775807) AS SIGNED) AS next_id, table_type AS kind
    FROM information_schema.tables
    WHERE table_schema = DATABASE() AND table_name IN (\(places(count)))
    """
  }

  /// SQL that lists the columns of tables of the current database.
  ///
  /// Its one parameter for each table is the name; its columns: table_of, name, type, characters, nullable,
  /// default_value, extra, character_set, collation, bytes_per_character.
  ///
  /// - Parameter count: How many tables are asked for.
  public static func columnsQuery(count: Int) -> String {
    """
    SELECT c.table_name AS table_of, c.column_name AS name, c.column_type AS type,
      c.character_maximum_length AS characters, c.is_nullable AS nullable,
      c.column_default AS default_value, c.extra AS extra,
      c.character_set_name AS character_set, c.collation_name AS collation, s.maxlen AS bytes_per_character
    FROM information_schema.columns c
    LEFT JOIN information_schema.character_sets s ON s.character_set_name = c.character_set_name
    WHERE c.table_schema = DATABASE() AND c.table_name IN (\(places(count)))
    ORDER BY c.table_name, c.ordinal_position
    """
  }

  /// SQL that lists the indexes of tables of the current database.
  ///
  /// Its one parameter for each table is the name; its columns: table_of, name, indexed_column, prefix_length,
  /// not_unique, type.
  ///
  /// - Parameter count: How many tables are asked for.
  public static func indexesQuery(count: Int) -> String {
    """
    SELECT table_name AS table_of, index_name AS name, column_name AS indexed_column,
      sub_part AS prefix_length, non_unique AS not_unique, index_type AS type
    FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name IN (\(places(count)))
    ORDER BY table_name, index_name, seq_in_index
    """
  }

  private static func places(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
  }
}
