extension Finding {
  /// The kinds of finding.
  ///
  /// A struct, so that a new kind breaks nobody's `switch`. The names are stable.
  public struct Kind: Sendable, Hashable, CustomStringConvertible {
    private let name: String

    private init(_ name: String) { self.name = name }

    /// The name: `missing-index`.
    public var description: String { name }

    /// There are no tables, and Django's ledger knows of none.
    public static let noTables = Kind("no-tables")
    /// The tables are at an older level than the newest.
    public static let oldLevel = Kind("old-level")
    /// Django's ledger lacks migrations whose work is there.
    public static let missingLedgerRows = Kind("missing-ledger-rows")
    /// Django's ledger has a migration that nobody knows.
    public static let unknownMigration = Kind("unknown-migration")
    /// A table is not there that the ledger says was made.
    public static let missingTable = Kind("missing-table")
    /// A table is in another engine than InnoDB.
    public static let engine = Kind("engine")
    /// A row format with short indexes.
    public static let rowFormat = Kind("row-format")
    /// A column is not there.
    public static let missingColumn = Kind("missing-column")
    /// A column is there that should not be.
    public static let extraColumn = Kind("extra-column")
    /// A column has another type, is shorter, or is not numbered.
    public static let columnType = Kind("column-type")
    /// A column takes NULL and should not, or the other way round.
    public static let columnNull = Kind("column-null")
    /// A column has a default.
    public static let columnDefault = Kind("column-default")
    /// A text has a character set that cannot hold every character.
    public static let characterSet = Kind("character-set")
    /// The texts of a table have several collations.
    public static let collation = Kind("collation")
    /// Two ids that differ in case only are one.
    public static let caseInsensitiveID = Kind("case-insensitive-id")
    /// A column lacks its CHECK constraint.
    public static let missingCheck = Kind("missing-check")
    /// An index is not there.
    public static let missingIndex = Kind("missing-index")
    /// An index is there twice.
    public static let duplicateIndex = Kind("duplicate-index")
    /// An index covers a part of the column.
    public static let cutIndex = Kind("cut-index")
    /// A UNIQUE index is kept as a hash.
    public static let hashIndex = Kind("hash-index")
    /// An index is UNIQUE and should not be, or the other way round.
    public static let indexUniqueness = Kind("index-uniqueness")
    /// An index has another name than the models give.
    public static let indexName = Kind("index-name")
    /// Lengths of ids differ from one another or from the setting.
    public static let length = Kind("length")
    /// More than half of the ids are used.
    public static let usedIDs = Kind("used-ids")
    /// The server takes short packets only.
    public static let packetSize = Kind("packet-size")
    /// The server's binary log does not go with the isolation level.
    public static let isolationLevel = Kind("isolation-level")
    /// The server's clock does not show UTC.
    public static let timeZone = Kind("time-zone")
    /// The server cuts values instead of refusing them.
    public static let sqlMode = Kind("sql-mode")
    /// Chord counters that nothing will take away.
    public static let chordCounters = Kind("chord-counters")
    /// The user lacks rights.
    public static let missingRights = Kind("missing-rights")
    /// The user has more rights than are needed.
    public static let moreRights = Kind("more-rights")
    /// Something that a tool left behind.
    public static let leftover = Kind("leftover")
  }
}
