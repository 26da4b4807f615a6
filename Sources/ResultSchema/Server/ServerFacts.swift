/// What must be known of a server and a database to say which tables and indexes can be made there.
public struct ServerFacts: Sendable, Hashable {
  /// The server's family and version.
  public var dialect: Dialect
  /// InnoDB's page size in bytes, `@@innodb_page_size`.
  public var pageSize: Int
  /// The row format of an InnoDB table that names none, `@@innodb_default_row_format`.
  public var defaultRowFormat: RowFormat
  /// The engine of a table that names none, `@@default_storage_engine`.
  public var defaultEngine: StorageEngine
  /// The session's `@@sql_mode`, as the server writes it.
  public var sqlMode: String
  /// Whether InnoDB refuses what it would otherwise only warn of, `@@innodb_strict_mode`.
  public var isInnoDBStrict: Bool
  /// The database's character set, `@@character_set_database`.
  public var characterSet: String
  /// The database's collation, `@@collation_database`.
  public var collation: String
  /// The most bytes that one character of the character set takes, `information_schema.character_sets.maxlen`.
  public var bytesPerCharacter: Int

  /// Makes the facts from what the server answered; the defaults are those of a server as installed.
  public init(
    dialect: Dialect,
    pageSize: Int = 16384,
    defaultRowFormat: RowFormat = .dynamic,
    defaultEngine: StorageEngine = .innoDB,
    sqlMode: String = "STRICT_TRANS_TABLES",
    isInnoDBStrict: Bool = true,
    characterSet: String = "utf8mb4",
    collation: String = "utf8mb4_general_ci",
    bytesPerCharacter: Int = 4
  ) {
    self.dialect = dialect
    self.pageSize = pageSize
    self.defaultRowFormat = defaultRowFormat
    self.defaultEngine = defaultEngine
    self.sqlMode = sqlMode
    self.isInnoDBStrict = isInnoDBStrict
    self.characterSet = characterSet
    self.collation = collation
    self.bytesPerCharacter = bytesPerCharacter
  }

  /// Whether the session refuses what it would otherwise cut, by STRICT_TRANS_TABLES or STRICT_ALL_TABLES.
  public var isStrict: Bool {
    let modes = sqlMode.uppercased().split(separator: ",")
    return modes.contains("STRICT_TRANS_TABLES") || modes.contains("STRICT_ALL_TABLES")
  }
}
