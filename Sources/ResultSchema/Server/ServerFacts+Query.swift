extension ServerFacts {
  /// SQL that reads every fact in one row, on the connection and in the database that will be used.
  ///
  /// Its columns, all text or integers: version, page_size, default_row_format, default_engine, sql_mode,
  /// innodb_strict, character_set, collation, bytes_per_character.
  public static let query = """
    SELECT VERSION() AS version,
      @@innodb_page_size AS page_size,
      @@innodb_default_row_format AS default_row_format,
      @@default_storage_engine AS default_engine,
      @@sql_mode AS sql_mode,
      @@innodb_strict_mode AS innodb_strict,
      @@character_set_database AS character_set,
      @@collation_database AS collation,
      (SELECT maxlen FROM information_schema.character_sets
        WHERE character_set_name = @@character_set_database) AS bytes_per_character
    """

  /// Reads the facts from the texts that the server answered to ``query``.
  ///
  /// - Parameters:
  ///   - version: what `VERSION()` says.
  ///   - pageSize: bytes of an InnoDB page.
  ///   - defaultRowFormat: a row format's name in any case.
  ///   - defaultEngine: an engine's name.
  ///   - sqlMode: modes separated by commas.
  ///   - innoDBStrict: 1 or 0.
  ///   - characterSet: the database's character set.
  ///   - collation: the database's collation.
  ///   - bytesPerCharacter: the most bytes of one character.
  /// - Returns: nil when the version or the row format cannot be understood.
  public init?(
    version: String,
    pageSize: Int,
    defaultRowFormat: String,
    defaultEngine: String,
    sqlMode: String,
    innoDBStrict: Int,
    characterSet: String,
    collation: String,
    bytesPerCharacter: Int
  ) {
    guard let dialect = Dialect(versionString: version),
      let rowFormat = RowFormat(name: defaultRowFormat)
    else { return nil }
    self.init(
      dialect: dialect,
      pageSize: pageSize,
      defaultRowFormat: rowFormat,
      defaultEngine: StorageEngine(defaultEngine),
      sqlMode: sqlMode,
      isInnoDBStrict: innoDBStrict != 0,
      characterSet: characterSet,
      collation: collation,
      bytesPerCharacter: bytesPerCharacter
    )
  }
}
