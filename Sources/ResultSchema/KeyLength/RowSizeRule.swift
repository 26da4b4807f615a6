/// How large a row may be on one server.
///
/// A pure function of the server, the engine, the row format and the page size. Sources: the MySQL manual's
/// "Limits on Table Column Count and Row Size" and "InnoDB Row Formats", and what the servers were seen to do.
public struct RowSizeRule: Sendable, Hashable {
  /// The server's family and version.
  public var dialect: Dialect
  /// The engine of the table.
  public var engine: StorageEngine
  /// The row format of the table if it is InnoDB's.
  public var rowFormat: RowFormat
  /// InnoDB's page size in bytes.
  public var pageSize: Int
  /// Whether sql_mode is strict.
  public var isStrict: Bool
  /// Whether InnoDB refuses a table whose rows may be too large for a page; if not, it warns.
  public var isInnoDBStrict: Bool

  /// Makes a rule from its parts.
  public init(
    dialect: Dialect,
    engine: StorageEngine = .innoDB,
    rowFormat: RowFormat = .dynamic,
    pageSize: Int = 16384,
    isStrict: Bool = true,
    isInnoDBStrict: Bool = true
  ) {
    self.dialect = dialect
    self.engine = engine
    self.rowFormat = rowFormat
    self.pageSize = pageSize
    self.isStrict = isStrict
    self.isInnoDBStrict = isInnoDBStrict
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
      pageSize: facts.pageSize,
      isStrict: facts.isStrict,
      isInnoDBStrict: facts.isInnoDBStrict
    )
  }

  /// The most bytes of a row in the server's own layer, whatever the engine; a longtext counts 12 of them.
  public static let serverLimitBytes = 65535

  /// What the server's own layer, which comes before the engine, says to the table.
  ///
  /// - Parameters:
  ///   - table: the table to make.
  ///   - bytesPerCharacter: the most bytes of one character, at least 1.
  ///   - keyOutcomes: what becomes of the indexes by name; a hash is a hidden column of the row.
  public func serverOutcome(
    of table: Table,
    bytesPerCharacter: Int,
    keyOutcomes: [String: KeyLengthOutcome] = [:]
  ) -> RowSizeOutcome {
    if engine == .memory, table.columns.contains(where: { $0.type == .longtext }) {
      return .error(number: SchemaErrorNumber.engineHasNoLongText, limit: nil)
    }
    let tooLong = table.columns.lazy.compactMap { column -> Int? in
      let longest =
        Self.longestVarcharBytes(in: dialect.flavor) / max(column.bytesPerCharacter ?? bytesPerCharacter, 1)
      return (column.type.characters ?? 0) > longest ? longest : nil
    }.first
    if let longest = tooLong {
      return isStrict
        ? .error(number: SchemaErrorNumber.columnTooLong, limit: longest)
        : .columnBecomesText(longest: longest)
    }
    let columns = table.columns.map { column in
      column.type.serverBytes(bytesPerCharacter: column.bytesPerCharacter ?? bytesPerCharacter)
    }
    let nullBits = table.columns.count { $0.isNullable }
    let hashes = table.indexes.count { $0.kind == .unique && isHashed(keyOutcomes[$0.name]) }
    let bytes = columns.reduce(0, +) + (nullBits + 7) / 8 + hashes * 8
    guard bytes > Self.serverLimitBytes else { return .fits }
    return .error(number: SchemaErrorNumber.rowTooLarge, limit: Self.serverLimitBytes)
  }

  /// Whether MariaDB adds the hidden column of a hash; it does before it asks the engine, which may refuse it.
  private func isHashed(_ outcome: KeyLengthOutcome?) -> Bool {
    guard dialect.makesHashOfLongUniqueIndex, let outcome else { return false }
    if outcome == .hash { return true }
    return outcome.errorNumber.map { $0 != SchemaErrorNumber.indexColumnTooLong } ?? false
  }

  /// The most bytes of one varchar; MariaDB keeps room for the length and a NULL bit.
  static func longestVarcharBytes(in flavor: ServerFlavor) -> Int { flavor == .mariaDB ? 65532 : 65535 }
}

extension ColumnType {
  /// The bytes that the server's own layer counts for a column.
  package func serverBytes(bytesPerCharacter: Int) -> Int {
    switch self {
    case .int, .unsignedInt: 4
    case .bool: 1
    case .varchar(let length):
      // One byte more than a row may have is as bad as any number of them.
      min(length.saturatingProduct(bytesPerCharacter), RowSizeRule.serverLimitBytes + 1)
        + (length.saturatingProduct(bytesPerCharacter) > 255 ? 2 : 1)
    case .longtext: 12
    case .datetime6: 8
    }
  }
}
