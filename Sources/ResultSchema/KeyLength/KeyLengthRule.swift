/// How long an index may be on one server, and what the server does with a longer one.
///
/// A pure function of the server, the engine and the row format. Sources: the MySQL manual's "InnoDB Limits",
/// "The MyISAM Storage Engine" and "Column Prefixes", MariaDB's "InnoDB Limitations" and "Getting Started with
/// Indexes", and, where these say nothing, what MySQL 9.7 and MariaDB 10.5, 10.11 and 11.8 were seen to do.
public struct KeyLengthRule: Sendable, Hashable {
  /// The server's family and version.
  public var dialect: Dialect
  /// The engine of the table.
  public var engine: StorageEngine
  /// The row format of the table if it is InnoDB's.
  public var rowFormat: RowFormat
  /// Whether the statement names the row format; if not, it is the server's default.
  public var statesRowFormat: Bool
  /// InnoDB's page size in bytes.
  public var pageSize: Int
  /// Whether sql_mode is strict.
  public var isStrict: Bool

  /// Makes a rule from its parts.
  public init(
    dialect: Dialect,
    engine: StorageEngine = .innoDB,
    rowFormat: RowFormat = .dynamic,
    statesRowFormat: Bool = false,
    pageSize: Int = 16384,
    isStrict: Bool = true
  ) {
    self.dialect = dialect
    self.engine = engine
    self.rowFormat = rowFormat
    self.statesRowFormat = statesRowFormat
    self.pageSize = pageSize
    self.isStrict = isStrict
  }

  /// Makes the rule for a table on a server.
  ///
  /// - Parameters:
  ///   - facts: what the server says of itself.
  ///   - engine: the engine that the statement names, nil if it names none.
  ///   - rowFormat: the row format that the statement names, nil if it names none.
  public init(facts: ServerFacts, engine: StorageEngine? = nil, rowFormat: RowFormat? = nil) {
    self.init(
      dialect: facts.dialect,
      engine: engine ?? facts.defaultEngine,
      rowFormat: rowFormat ?? facts.defaultRowFormat,
      statesRowFormat: rowFormat != nil,
      pageSize: facts.pageSize,
      isStrict: facts.isStrict
    )
  }

  /// The most bytes of a column that any index, UNIQUE or plain, covers whole.
  public var limitBytes: Int {
    min(partLimit, keyLimit, hasShortInnoDBColumns ? shortColumnLimit : .max)
  }

  /// The most characters of a column that any index covers whole.
  ///
  /// - Parameter bytesPerCharacter: the most bytes of one character, at least 1.
  public func largestLength(bytesPerCharacter: Int) -> Int {
    limitBytes / max(bytesPerCharacter, 1)
  }

  /// What the server does when it is told to index a whole varchar column.
  ///
  /// - Parameters:
  ///   - characters: the column's length in characters.
  ///   - bytesPerCharacter: the most bytes of one character, at least 1.
  ///   - isUnique: whether the index is UNIQUE or the primary key.
  public func outcome(characters: Int, bytesPerCharacter: Int, isUnique: Bool) -> KeyLengthOutcome {
    let bytes = characters.saturatingProduct(bytesPerCharacter)
    return switch dialect.flavor {
    case .mySQL: outcomeInMySQL(bytes: bytes, bytesPerCharacter: bytesPerCharacter, isUnique: isUnique)
    case .mariaDB: outcomeInMariaDB(bytes: bytes, bytesPerCharacter: bytesPerCharacter, isUnique: isUnique)
    }
  }
}
