extension KeyLengthRule {
  /// The most bytes of one column that the server's own layer lets into an index of this engine.
  var partLimit: Int {
    switch engine {
    case .innoDB:
      // MySQL looks at the row format only where the statement names it.
      dialect.flavor == .mySQL && statesRowFormat && rowFormat.hasShortIndexColumns
        ? shortColumnLimit : anyColumnLimit
    case .myISAM: 1000
    // MariaDB 10.5.23 says 2000, 10.11 and 11.8 say 2300.
    case .aria: dialect.version < ServerVersion(10, 6) ? 2000 : 2300
    default: anyColumnLimit
    }
  }

  /// The most bytes of a whole index that the engine reports to the server's own layer.
  var keyLimit: Int {
    guard engine == .innoDB else { return partLimit }
    return switch pageSize {
    case ...4096: dialect.flavor == .mySQL ? 768 : 1173
    case ...8192: 1536
    default: 3500
    }
  }

  /// InnoDB's own limit for a column of an index in COMPACT and REDUNDANT tables.
  var shortColumnLimit: Int { 767 }

  /// The limit for a column of an index in every other engine and row format.
  var anyColumnLimit: Int { 3072 }

  /// Whether InnoDB itself refuses indexed columns of more than 767 bytes.
  var hasShortInnoDBColumns: Bool {
    engine == .innoDB && rowFormat.hasShortIndexColumns
  }
}

extension RowFormat {
  /// Whether the format indexes no more than 767 bytes of a column.
  var hasShortIndexColumns: Bool {
    self == .compact || self == .redundant
  }
}
